package org.menagerie.plugin.unet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
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
                .contains("encoder4.conv2.bias", "up3.weight", "decoder3.conv1.weight", "up0.bias")
                .doesNotContain("head1.weight")
                .endsWith("head0.weight", "head0.bias");
    }

    /** As many rows as the chain of unpadded convolutions, halvings and doublings of figure 1 leaves. */
    @ParameterizedTest
    @CsvSource({"1,20,true", "1,22,false", "2,44,true", "2,60,false", "3,92,false", "4,188,true", "4,572,false"})
    void withoutPaddingTheMarginIsWhatConvolutionsTakeOff(int depth, int size, boolean fuse) {
        Unet.Config config = new Unet.Config(1, 1, size, twos(depth), false, false, fuse);
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
        Unet.Config config = new Unet.Config(10, 3, 48, List.of(2, 4, 8, 4, 2), true, true, true);
        assertThat(logits(graph(config))).hasToString("f32[N,11,48,48]");
        assertThat(unet.task(config).settings()).containsEntry("margin", 0).containsEntry("tta", "shift");
    }

    /** With half the filters on the way up, every level has a head of its own. */
    @Test
    void fusedScoresHaveSlimDecoders() {
        Graph graph = graph(new Unet.Config(10, 1, 128, List.of(8, 24, 48), true, true, true));
        assertThat(shape(graph, "decoder1.conv2.weight")).isEqualTo("f32[12,12,3,3]");
        assertThat(shape(graph, "head2.weight")).isEqualTo("f32[11,48,1,1]");
        assertThat(shape(graph, "head1.weight")).isEqualTo("f32[11,12,1,1]");
        assertThat(shape(graph, "head0.weight")).isEqualTo("f32[11,4,1,1]");
        assertThat(logits(graph)).isEqualTo("f32[N,11,128,128]");
    }

    @ParameterizedTest
    @CsvSource({
        "100,4,true,'16, 32'",
        "0,4,true,'16, 32'",
        "128,4,false,'188, 204'",
        "570,4,false,'188, 204'",
        "18,1,false,'20, 22'"
    })
    void sizesThatCannotBeHalvedAreRefused(int size, int depth, boolean same, String sizes) {
        assertThatThrownBy(() -> new Unet.Config(1, 1, size, twos(depth), same, false, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "U-Net takes a class, a channel, levels of 1 filters or more, sizes %s, …; "
                                + "found 1, 1, %s, %d",
                        sizes, twos(depth), size);
    }

    @Test
    void itNeedsAClassAChannelAndFilters() {
        List<Integer> three = List.of(3, 3, 3);
        assertThatThrownBy(() -> new Unet.Config(0, 1, 16, three, true, true, true))
                .hasMessageContaining("found 0, 1, [3, 3, 3], 16");
        assertThatThrownBy(() -> new Unet.Config(1, 0, 16, three, true, true, true))
                .hasMessageContaining("found 1, 0, [3, 3, 3], 16");
        assertThatThrownBy(() -> new Unet.Config(1, 1, 16, List.of(3, 0, 3), true, true, true))
                .hasMessageContaining("2 filters or more")
                .hasMessageContaining("[3, 0, 3]");
        assertThatThrownBy(() -> new Unet.Config(1, 1, 16, List.of(2, 1), true, true, true))
                .hasMessageContaining("2 filters or more")
                .hasMessageContaining("[2, 1]");
        assertThatThrownBy(() -> new Unet.Config(1, 1, 16, List.of(), true, true, true))
                .hasMessageContaining("found 1, 1, [], 16");
    }

    private static List<Integer> twos(int depth) {
        return Collections.nCopies(depth + 1, 2);
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

    private static String shape(Graph graph, String parameter) {
        return Objects.requireNonNull(graph.parameters().get(parameter))
                .value()
                .type()
                .toString();
    }
}
