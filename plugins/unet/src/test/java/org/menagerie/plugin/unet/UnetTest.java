package org.menagerie.plugin.unet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.menagerie.graph.Graph;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Mode;
import org.menagerie.graph.Value;

class UnetTest {
    private final Unet unet = new Unet();

    /** Figure 1: 572 to 388 pixels; its layers' weights and biases add up to 31,030,658. */
    @Test
    void thePapersForm() {
        Graph graph = graph(Objects.requireNonNull(unet.variants().get("unet")));
        assertThat(graph.parameterCount()).isEqualTo(31_030_658);
        assertThat(logits(graph)).hasToString("f32[N,2,388,388]");
        assertThat(graph.parameters().keySet())
                .startsWith("encoder0.conv1.weight", "encoder0.conv1.bias", "encoder0.conv2.weight")
                .contains("bottom.conv2.bias", "up3.weight", "decoder3.conv1.weight", "up0.bias")
                .endsWith("head.weight", "head.bias");
    }

    /** As many rows as the chain of unpadded convolutions, halvings and doublings of figure 1 leaves. */
    @ParameterizedTest
    @CsvSource({"1,20", "1,22", "2,44", "2,60", "3,92", "4,188", "4,572"})
    void withoutPaddingTheMarginIsWhatConvolutionsTakeOff(int depth, int size) {
        Unet.Config config = new Unet.Config(1, 1, size, 1, 1, depth, false, false);
        int rows = size;
        for (int level = 0; level < depth; level++) {
            rows = (rows - 4) / 2;
        }
        rows -= 4;
        for (int level = 0; level < depth; level++) {
            rows = rows * 2 - 4;
        }
        assertThat(logits(graph(config))).hasToString("f32[N,2,%d,%d]".formatted(rows, rows));
        assertThat(unet.task(config).settings()).containsEntry("margin", (size - rows) / 2);
        GraphBuilder g = new GraphBuilder("unet", Mode.TRAINING);
        unet.build(g, config);
        assertThat(unet.loss(g, config).rank()).isZero();
    }

    @Test
    void withPaddingTheMaskIsAsLargeAsThePicture() {
        Unet.Config config = new Unet.Config(10, 3, 48, 2, 2, 4, true, true);
        assertThat(logits(graph(config))).hasToString("f32[N,11,48,48]");
        assertThat(unet.task(config).settings()).containsEntry("margin", 0);
    }

    @ParameterizedTest
    @CsvSource({
        "100,4,true,'16, 32 and so on; found 100'",
        "0,4,true,'16, 32 and so on; found 0'",
        "128,4,false,'188, 204 and so on; found 128'",
        "570,4,false,'188, 204 and so on; found 570'",
        "18,1,false,'20, 22 and so on; found 18'"
    })
    void sizesThatCannotBeHalvedAreRefused(int size, int depth, boolean padded, String found) {
        assertThatThrownBy(() -> new Unet.Config(1, 1, size, 4, 4, depth, padded, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("U-Net of depth %d takes pictures of size %s".formatted(depth, found));
    }

    @Test
    void itNeedsAClassAChannelAFilterAndALevel() {
        assertThatThrownBy(() -> new Unet.Config(0, 1, 16, 3, 4, 2, true, true))
                .hasMessageContaining("found 0, 1, 3 and 4, 2");
        assertThatThrownBy(() -> new Unet.Config(1, 1, 16, 3, 4, 0, true, true))
                .hasMessageContaining("found 1, 1, 3 and 4, 0");
    }

    private Graph graph(Unet.Config config) {
        GraphBuilder g = new GraphBuilder("unet", Mode.INFERENCE);
        unet.build(g, config);
        return g.build();
    }

    private static String logits(Graph graph) {
        Value logits = Objects.requireNonNull(graph.outputs().get("logits"));
        return logits.type().toString();
    }
}
