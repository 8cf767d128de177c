package org.menagerie.plugin.rcnn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.menagerie.graph.Graph;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Mode;

class FasterRcnnTest {
    @Test
    void hasTorchvisionsParameters() {
        Graph graph = build("fasterrcnn_resnet50_fpn");
        assertThat(graph.parameterCount()).isEqualTo(41_755_286);
        assertThat(graph.parameters())
                .containsKeys(
                        "backbone.body.layer4.2.bn3.running_var",
                        "backbone.fpn.layer_blocks.3.0.bias",
                        "rpn.head.conv.0.0.weight",
                        "roi_heads.box_predictor.bbox_pred.bias");
        assertThat(graph.output("objects").type()).hasToString("f32[N,100,4]");
    }

    @Test
    void fastRcnnHasNoProposalNetwork() {
        Graph graph = build("fastrcnn-small");
        assertThat(graph.inputs()).extracting(input -> input.name()).containsExactly("image", "proposals");
        assertThat(graph.parameters().keySet()).noneMatch(name -> name.startsWith("rpn"));
    }

    @Test
    void impossibleConfigsSayWhatIsNeeded() {
        assertThatThrownBy(() -> config(List.of(32), 256)).hasMessageContainingAll("five for a pyramid", "[32]");
        assertThatThrownBy(() -> config(List.of(8, 16, 32, 64, 128), 250))
                .hasMessage("Faster R-CNN's backbone needs pictures of a multiple of 32 pixels; found 250");
    }

    private static FasterRcnn.Config config(List<Integer> anchors, int size) {
        return new FasterRcnn.Config(
                Backbone.RESNET50_FPN, false, anchors, 60, 40, 16, FasterRcnn.Cut.ALIGN, 32, .05, 3, 3, size);
    }

    private static Graph build(String variant) {
        FasterRcnn architecture = new FasterRcnn();
        GraphBuilder g = new GraphBuilder(variant, Mode.INFERENCE);
        architecture.build(g, Objects.requireNonNull(architecture.variants().get(variant)));
        return g.build();
    }
}
