package org.menagerie.plugin.yolo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.menagerie.graph.Graph;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Mode;

class YoloTest {
    /** 24 convolutions and two linear layers with biases, added up by hand from figure 3. */
    @Test
    void thePapersNetworkHasTheParametersOfItsFigure() {
        Graph graph = graph("yolo");
        long convolutions = 9_408
                + 110_592
                + 24_576
                + 294_912
                + 65_536
                + 1_179_648
                + 4 * (131_072 + 1_179_648)
                + 262_144
                + 4_718_592
                + 2 * (524_288 + 4_718_592)
                + 4 * 9_437_184;
        long biases = 64 + 192 + 128 + 256 + 256 + 512 + 4 * (256 + 512) + 512 + 1024 + 2 * (512 + 1024) + 4 * 1024;
        long linear = 49L * 1024 * 4096 + 4096 + 4096L * 1470 + 1470;
        assertThat(graph.parameterCount()).isEqualTo(convolutions + biases + linear);
        assertThat(graph.parameters().keySet().stream().filter(name -> name.matches("conv\\d+\\.weight")))
                .hasSize(24);
        graph.output("grid").is("f32[N,7,7,30]");
    }

    @Test
    void theSmallNetworkHasEightCellsASide() {
        graph("yolo-small").output("grid").is("f32[N,8,8,30]");
    }

    @Test
    void picturesThatCellsDoNotFillAreRefused() {
        assertThatThrownBy(() -> new Yolo.Config(Backbone.SMALL, 2, 10, 1, 100))
                .hasMessage("YOLO's small backbone needs pictures of a multiple of 16 pixels; found 100");
        assertThatThrownBy(() -> new Yolo.Config(Backbone.PAPER, 0, 10, 1, 448)).hasMessageContaining("a box a cell");
    }

    private static Graph graph(String variant) {
        Yolo yolo = new Yolo();
        GraphBuilder g = new GraphBuilder(variant, Mode.INFERENCE);
        yolo.build(g, Objects.requireNonNull(yolo.variants().get(variant)));
        return g.build();
    }
}
