package org.menagerie.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.menagerie.graph.Graph;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Mode;
import org.menagerie.graph.Value;
import org.menagerie.graph.layer.Initializer;
import org.menagerie.graph.layer.Initializers;
import org.menagerie.graph.onnx.OnnxWriter;
import org.menagerie.runtime.OnnxSession;
import org.menagerie.spi.Shape;
import org.menagerie.spi.Tensor;

/** What initial weights do to a signal through twenty layers of 256 units, and the statistics of the initializers. */
final class SignalPropagationTest {
    private static final int WIDTH = 256;
    private static final int BATCH = 64;
    private static final int LAYERS = 20;

    /** The mean square of the last layer's activations over that of the first layer's. */
    private static double ratio(boolean relu, Initializer initializer) {
        GraphBuilder g = new GraphBuilder("deep", Mode.INFERENCE);
        Value x = g.input("x", "f32[N,256]");
        for (int layer = 1; layer <= LAYERS; layer++) {
            Value z = g.linear("fc" + layer, x, WIDTH, false, initializer);
            x = relu ? g.relu(z) : g.tanh(z);
            if (layer == 1) {
                g.output("first", g.mean(g.square(x)));
            }
        }
        g.output("last", g.mean(g.square(x)));
        Graph graph = g.build();
        SplittableRandom random = new SplittableRandom(1);
        Tensor input = Tensor.allocate(org.menagerie.spi.ElementType.FLOAT32, BATCH, WIDTH);
        for (int i = 0; i < input.size(); i++) {
            input.floats().put(i, (float) random.nextGaussian());
        }
        byte[] model = OnnxWriter.toBytes(graph, Weights.initial(graph.parameters(), 3), Map.of());
        try (OnnxSession session = OnnxSession.open(model, Golden.OPTIONS)) {
            Map<String, Tensor> outputs = session.run(Map.of("x", input));
            double last = Golden.in(outputs, "last").floats().get(0);
            return last / Golden.in(outputs, "first").floats().get(0);
        }
    }

    /**
     * He: the mean square through ReLU stays. A layer of 256 units multiplies it by 1 with a variance of 5/256, so after
     * twenty its logarithm has a deviation of 0.6: a factor of four is more than two deviations.
     */
    @Test
    void heKeepsReluSignals() {
        assertThat(ratio(true, Initializers.heNormal())).isBetween(0.25, 4.0);
        assertThat(ratio(true, Initializers.heUniform())).isBetween(0.25, 4.0);
        assertThat(ratio(true, Initializers.orthogonal(Initializers.RELU_GAIN))).isBetween(0.25, 4.0);
        assertThat(ratio(true, Initializers.xavierNormal()))
                .as("half as much each layer")
                .isLessThan(1e-4);
        assertThat(ratio(true, Initializers.normal(0, 0.01))).as("too small").isLessThan(1e-12);
        assertThat(ratio(true, Initializers.normal(0, 0.2))).as("too large").isGreaterThan(1e8);
    }

    /** Xavier: tanh bends, so the signal sinks slowly but stays of its order; too small weights lose it. */
    @Test
    void xavierKeepsTanhSignals() {
        assertThat(ratio(false, Initializers.xavierNormal())).isBetween(0.05, 1.0);
        assertThat(ratio(false, Initializers.xavierUniform())).isBetween(0.05, 1.0);
        assertThat(ratio(false, Initializers.normal(0, 0.01))).as("too small").isLessThan(1e-12);
        assertThat(ratio(false, Initializers.normal(0, 1)))
                .as("saturated from the first layer")
                .isBetween(0.99, 1.01);
    }

    private static float[] draw(Initializer initializer, long... dims) {
        Shape shape = new Shape(dims);
        float[] values = new float[(int) shape.size()];
        initializer.fill(values, shape, new SplittableRandom(9));
        return values;
    }

    private static double meanSquare(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += (double) value * value;
        }
        return sum / values.length;
    }

    @Test
    void variancesAreThePapers() {
        assertThat(meanSquare(draw(Initializers.heNormal(), 128, 64, 3, 3))).isCloseTo(2.0 / 576, within(1e-4));
        assertThat(meanSquare(draw(Initializers.heUniform(), 128, 64, 3, 3))).isCloseTo(2.0 / 576, within(1e-4));
        assertThat(meanSquare(draw(Initializers.heNormalFanOut(), 128, 64, 3, 3)))
                .isCloseTo(2.0 / 1152, within(1e-4));
        assertThat(meanSquare(draw(Initializers.xavierNormal(), 300, 500))).isCloseTo(2.0 / 800, within(1e-4));
        assertThat(meanSquare(draw(Initializers.xavierUniform(), 300, 500))).isCloseTo(2.0 / 800, within(1e-4));
        assertThat(meanSquare(draw(Initializers.fanInUniform(), 300, 500))).isCloseTo(1.0 / 1500, within(1e-4));
        assertThat(draw(Initializers.constant(0.01), 4))
                .as("a small positive bias")
                .containsOnly(0.01f);
    }

    /** Moments by the textbook: with a = (low − μ)/σ, b alike, Z = Φ(b) − Φ(a): the mean is μ + σ(φ(a) − φ(b))/Z. */
    @Test
    void theTruncatedNormalHasPyTorchsBounds() {
        float[] usual = draw(Initializers.truncatedNormal(0, 1), 500, 500);
        between(usual, -2, 2);
        assertThat(meanSquare(usual)).isCloseTo(1 - 4 * density(2) / 0.954499736, within(5e-3));
        // Bounds are values: ±2 is a hundred deviations of 0.02, and nothing is cut off.
        assertThat(meanSquare(draw(Initializers.truncatedNormal(0, 0.02), 500, 500)))
                .isCloseTo(4e-4, within(4e-6));
        float[] oneSided = draw(Initializers.truncatedNormal(1, 2, 2, 3), 500, 500);
        between(oneSided, 2, 3);
        assertThat(mean(oneSided)).isCloseTo(1 + 2 * (density(0.5) - density(1)) / 0.149882284, within(2e-3));
        float[] tail = draw(Initializers.truncatedNormal(0, 1, 4, 9), 100, 100);
        assertThat(mean(tail)).isCloseTo(density(4) / 3.16712418e-5, within(0.02));
        assertThatThrownBy(() -> Initializers.truncatedNormal(0, 1, 2, -2)).hasMessageContaining("[2.0, -2.0]");
    }

    private static void between(float[] values, float low, float high) {
        for (float value : values) {
            if (!(value >= low && value <= high)) {
                throw new AssertionError(value + " is not in [" + low + ", " + high + "]");
            }
        }
    }

    private static double density(double x) {
        return Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
    }

    private static double mean(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    @Test
    void orthogonalRowsOrColumnsAreOrthonormal() {
        for (long[] dims : new long[][] {{20, 50}, {50, 20}, {16, 4, 3, 3}}) {
            float[] w = draw(Initializers.orthogonal(2), dims);
            int rows = (int) dims[0];
            int columns = w.length / rows;
            boolean wide = rows <= columns;
            int vectors = Math.min(rows, columns);
            int length = Math.max(rows, columns);
            for (int a = 0; a < vectors; a++) {
                for (int b = 0; b <= a; b++) {
                    double dot = 0;
                    for (int i = 0; i < length; i++) {
                        dot += wide ? w[a * columns + i] * w[b * columns + i] : w[i * columns + a] * w[i * columns + b];
                    }
                    assertThat(dot).isCloseTo(a == b ? 4 : 0, within(1e-5));
                }
            }
        }
    }
}
