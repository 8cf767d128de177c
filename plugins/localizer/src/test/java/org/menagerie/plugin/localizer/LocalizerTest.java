package org.menagerie.plugin.localizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.menagerie.contract.ReferenceStep;
import org.menagerie.graph.Architecture;
import org.menagerie.graph.Graph;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.GraphException;
import org.menagerie.graph.Mode;
import org.menagerie.hub.Zoo;
import org.menagerie.hub.ZooOptions;
import org.menagerie.spi.Tensor;

class LocalizerTest {
    /** As a host injects it. */
    static final Localizer LOCALIZER = injected();

    private static Localizer injected() {
        try (Zoo zoo = Zoo.open(ZooOptions.defaults().withOffline(true))) {
            return (Localizer)
                    Objects.requireNonNull(zoo.components(Architecture.class).get("localizer"));
        }
    }

    /** The classifier's published counts for 1,000 classes less what its last layer has for all but 14 of them. */
    @ParameterizedTest
    @CsvSource({
        "lenet, 1, 28, 61706, 10, 84",
        "alexnet, 3, 224, 61100840, 1000, 4096",
        "vgg11, 3, 224, 132863336, 1000, 4096",
        "resnet18, 3, 224, 11689512, 1000, 512",
        "resnet20, 1, 64, 269434, 10, 64"
    })
    void anyClassifierBecomesALocalizer(
            String backbone, int channels, int size, long parameters, int classes, int features) {
        Graph graph = graph(new Localizer.Config(backbone, 10, channels, size));
        assertThat(graph.parameterCount()).isEqualTo(parameters - (classes - 14L) * (features + 1));
        assertThat(graph.output("objects").type()).hasToString("f32[N,1,4]");
        assertThat(graph.output("object_score").type()).hasToString("f32[N,1]");
        assertThat(graph.output("object_label").type()).hasToString("i64[N,1]");
        assertThat(graph.outputs()).hasSize(3);
    }

    /** PyTorch's numbers: src/test/python/localizer_step.py. The second picture has no object, the third's second is the larger. */
    @Test
    void aStepEqualsPyTorchs() {
        Map<String, Tensor> batch = new LinkedHashMap<>();
        batch.put("image", ReferenceStep.tensor(1000, 1, 3, 1, 28, 28));
        float[] boxes = {4, 6, 20, 22, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 3, 8, 9, 10, 1, 27, 14};
        batch.put("boxes", Tensor.of(boxes, 3, 2, 4));
        batch.put("box_label", Tensor.of(new long[] {2, -1, -1, -1, 0, 1}, 3, 2));
        ReferenceStep.of(LOCALIZER, new Localizer.Config("lenet", 3, 1, 28), batch, "object_score")
                .requireEqual("""
                        loss 4.48485
                        object_score -0.743646
                        c1.weight 2.58579
                        c1.bias 8.73109
                        c3.weight 6.0966
                        c3.bias 0.891477
                        c5.weight 13.7366
                        c5.bias 1.32343
                        f6.weight 0.0653474
                        f6.bias -1.5623
                        out.weight -2.69237
                        out.bias -1.51305
                        """);
    }

    @Test
    void whatIsNoClassifierIsRefused() {
        assertThatThrownBy(() -> graph(new Localizer.Config("unet", 3, 1, 188)))
                .isInstanceOf(GraphException.class)
                .hasMessage(
                        "A localizer's backbone is an image classifier such as resnet18; 'unet' is for image-segmentation");
        assertThatThrownBy(() -> graph(new Localizer.Config("lenet", 3, 1, 64)))
                .isInstanceOf(GraphException.class)
                .hasMessage("Backbone 'lenet' takes pictures f32[N,1,28,28]; the data has f32[N,1,64,64]");
        assertThatThrownBy(() -> graph(new Localizer.Config("lenett", 3, 1, 28)))
                .isInstanceOf(GraphException.class)
                .hasMessageStartingWith("Nothing is called 'lenett'; architectures are alexnet, ")
                .hasMessageContaining(", resnet18, ");
    }

    private static Graph graph(Localizer.Config config) {
        GraphBuilder g = new GraphBuilder("localizer", Mode.INFERENCE);
        LOCALIZER.build(g, config);
        return g.build();
    }
}
