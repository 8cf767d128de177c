package org.menagerie.plugin.slidingwindow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.menagerie.fixtures.Cards;
import org.menagerie.graph.Graph;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.GraphException;
import org.menagerie.graph.Mode;
import org.menagerie.graph.Value;
import org.menagerie.graph.layer.Conv;
import org.menagerie.graph.layer.Pool;
import org.menagerie.graph.onnx.OnnxModel;
import org.menagerie.graph.onnx.OnnxReader;
import org.menagerie.graph.onnx.OnnxWriter;
import org.menagerie.graph.transfer.SlidingPass;
import org.menagerie.runtime.Device;
import org.menagerie.runtime.OnnxSession;
import org.menagerie.runtime.SessionOptions;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.ModelCard;
import org.menagerie.spi.Tensor;
import org.menagerie.training.Weights;

/** One pass against crops. */
class PassesTest {
    private static final int CLASSES = 5;
    private static final ModelCard CARD = Cards.labelled("pets", "object-detection", List.of("a", "b", "c", "d", "e"));

    @TempDir
    Path folder;

    /** Windows of 24 pixels; linear layers, the second of them without a bias, and pools that leave a rest. */
    private static Value linear(GraphBuilder g, Value x) {
        Value c1 = g.tanh(g.conv("c1", x, Conv.kernel(5).filters(4)));
        Value s2 = g.avgPool(c1, 2);
        Value c3 = g.relu(g.batchNorm("n3", g.conv("c3", s2, Conv.kernel(2).filters(6))));
        Value s4 = g.maxPool(c3, 2);
        Value hidden = g.relu(g.linear("f5", g.flatten(s4), 16));
        Value product = g.matMul(
                hidden,
                g.parameter(
                        "f6",
                        org.menagerie.graph.TensorType.of(ElementType.FLOAT32, 16, CLASSES),
                        org.menagerie.graph.layer.Initializers.xavierUniform()));
        return g.softmax(g.add(product, g.constant(Tensor.of(new float[] {.1f, .2f, .3f, .4f, .5f}, 5))), 1);
    }

    /** A residual block, a stride of 2 in a convolution, and the mean of the last map. */
    private static Value averaged(GraphBuilder g, Value x) {
        Value c1 = g.relu(g.conv("c1", x, Conv.kernel(3).filters(4).stride(2)));
        Value block = g.add(c1, g.mul(g.conv("c2", c1, Conv.kernel(1).filters(4)), 0.5));
        Value c3 = g.conv("c3", block, Conv.kernel(3).filters(6));
        return g.linear("out", g.flatten(g.globalAvgPool(c3)), CLASSES);
    }

    @Test
    void bothPassesGiveEachWindowTheSameScores() throws Exception {
        requireEqual(PassesTest::linear, 4);
        requireEqual(PassesTest::averaged, 2);
    }

    private void requireEqual(BiFunction<GraphBuilder, Value, Value> network, int stride) throws Exception {
        OnnxModel model = model(network);
        SlidingPass pass = SlidingPass.of(model.graph(), "scores");
        assertThat(pass.isExact()).isTrue();
        assertThat(pass.stride()).isEqualTo(stride);
        byte[] dense = OnnxWriter.toBytes(pass.graph(), model.weights(), Map.of());
        WindowGrid.Extents window = new WindowGrid.Extents(24, 24);
        for (int[] size : new int[][] {{24, 24}, {61, 50}, {43, 96}}) {
            for (int step : new int[] {stride, 3 * stride}) {
                WindowGrid grid = new WindowGrid(window, new WindowGrid.Extents(size[0], size[1]), step);
                Tensor picture = picture(size[0], size[1]);
                try (WindowScores one = new DenseScores(CARD, session(dense), "image", "scores", stride);
                        WindowScores cut = new CroppedScores(CARD, session(bytes(model)), "image", "scores")) {
                    float[] expected = cut.of(picture, grid).toFloatArray();
                    assertThat(expected).hasSize(CLASSES * grid.count()).isNotEmpty();
                    assertThat(one.of(picture, grid).toFloatArray()).containsExactly(expected, within(1e-5f));
                }
            }
        }
    }

    @Test
    void aLayerThatPadsIsNamed() throws Exception {
        SlidingPass pass = SlidingPass.of(
                model((g, x) -> {
                            Value map = g.maxPool(
                                    g.conv("c1", x, Conv.kernel(3).filters(4).pad(1)),
                                    Pool.of(3).stride(2).pad(1));
                            return g.linear("out", g.flatten(map), CLASSES);
                        })
                        .graph(),
                "scores");
        assertThat(pass.isExact()).isFalse();
        assertThat(pass.padding()).hasSize(2);
        assertThat(pass.padding().get(0)).startsWith("Conv '");
        assertThat(pass.padding().get(1)).startsWith("MaxPool '");
    }

    @Test
    void whatLooksAtPositionsOneByOneIsRefused() throws Exception {
        OnnxModel model = model((g, x) -> {
            Value map = g.conv("c1", x, Conv.kernel(3).filters(4));
            return g.linear("out", g.flatten(g.transpose(map, 0, 2, 3, 1)), CLASSES);
        });
        assertThatThrownBy(() -> SlidingPass.of(model.graph(), "scores"))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("Transpose")
                .hasMessageContaining("cannot slide over a larger picture");
    }

    private OnnxModel model(BiFunction<GraphBuilder, Value, Value> network) throws Exception {
        GraphBuilder g = new GraphBuilder("classifier", Mode.INFERENCE);
        g.output("scores", network.apply(g, g.input("image", "f32[N,2,24,24]")));
        Graph graph = g.build();
        Path file = Files.write(
                folder.resolve("model.onnx"),
                OnnxWriter.toBytes(graph, Weights.initial(graph.parameters(), 1), Map.of()));
        return OnnxReader.read(file);
    }

    private static byte[] bytes(OnnxModel model) {
        return OnnxWriter.toBytes(model.graph(), model.weights(), Map.of());
    }

    private static OnnxSession session(byte[] onnx) {
        return OnnxSession.open(
                onnx, SessionOptions.defaults().withDevice(Device.CPU).withThreads(1));
    }

    private static Tensor picture(int height, int width) {
        Tensor picture = Tensor.allocate(ElementType.FLOAT32, 1, 2, height, width);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < picture.size(); i++) {
            picture.floats().put(i, (float) random.nextDouble(-1, 1));
        }
        return picture;
    }
}
