package org.menagerie.training.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.menagerie.graph.TensorType;
import org.menagerie.graph.Value;
import org.menagerie.graph.layer.Initializers;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;
import org.menagerie.training.Golden;
import org.menagerie.training.Objective;
import org.menagerie.training.StepGraph;
import org.menagerie.training.StepRunner;
import org.menagerie.training.Weights;

/** One step against the singular values that were put into the gradient. */
final class MuonTest {
    /** Orthonormal rows. */
    private static final double[][] LEFT = {{0.6, 0.8}, {-0.8, 0.6}};

    private static final double[][] RIGHT = {{0.5, 0.5, 0.5, 0.5}, {0.5, -0.5, 0.5, -0.5}};

    private static final double[] SINGULAR = {3, 1};

    /** Shapes of two rows and four columns, and one of the reverse. */
    static Stream<long[]> shapes() {
        return Stream.of(
                new long[] {2, 4}, new long[] {4, 2}, new long[] {2, 1, 2, 2}, new long[] {2, 4, 1}, new long[] {1, 2, 4
                });
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void singularValuesGoThroughThePolynomial(long... shape) {
        boolean tall = shape[0] == 4;
        double rate = 0.1;
        float[] after = step(matrix(SINGULAR, tall), shape, rate, 5);
        double[] expected =
                matrix(Arrays.stream(SINGULAR).map(MuonTest::iterated).toArray(), tall);
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) after[i]).isCloseTo(-rate * 0.2 * 2 * expected[i], within(1e-5));
        }
    }

    /** Where there is no second direction, rounding makes one; it may grow to 1 but not without end. */
    @ParameterizedTest
    @ValueSource(ints = {2, 5, 6, 12, 30})
    void singularValuesStayNearOneForever(int iterations) {
        float[] after = step(matrix(new double[] {7, 0}, false), new long[] {2, 4}, 0.1, iterations);
        assertThat(along(after, 0) / (-0.1 * 0.2 * 2)).isBetween(0.67, 1.2);
        assertThat(along(after, 1) / (0.1 * 0.2 * 2)).isBetween(-1.2, 1.2);
    }

    /** uᵀMv of one of the directions. */
    private static double along(float[] matrix, int k) {
        double sum = 0;
        for (int i = 0; i < matrix.length; i++) {
            sum += matrix[i] * LEFT[k][i / 4] * RIGHT[k][i % 4];
        }
        return sum;
    }

    /** Five iterations with Jordan's coefficients, from a share of the norm. */
    private static double iterated(double singular) {
        double s = singular / Math.hypot(SINGULAR[0], SINGULAR[1]);
        for (int i = 0; i < 5; i++) {
            s = 3.4445 * s - 4.7750 * Math.pow(s, 3) + 2.0315 * Math.pow(s, 5);
        }
        assertThat(s).isBetween(0.67, 1.2);
        return s;
    }

    /** Σ s·u·vᵀ, or its transpose, row by row. */
    private static double[] matrix(double[] singular, boolean transposed) {
        double[] matrix = new double[8];
        for (int row = 0; row < 2; row++) {
            for (int column = 0; column < 4; column++) {
                int at = transposed ? column * 2 + row : row * 4 + column;
                for (int k = 0; k < 2; k++) {
                    matrix[at] += singular[k] * LEFT[k][row] * RIGHT[k][column];
                }
            }
        }
        return matrix;
    }

    @Test
    void aScaleIsNoMatrix() {
        float[] after = step(new double[] {2, 2, 2, 2, 2, 2, 2, 2}, new long[] {1, 8, 1}, 0.1, 5);
        assertThat(after).as("Adam's first step").containsOnly(new float[] {-0.1f}, within(1e-6f));
    }

    /** Weights that start with zeros, after one step of a loss that is linear in them. */
    private static float[] step(double[] gradient, long[] shape, double learningRate, int iterations) {
        Objective objective = g -> {
            float[] numbers = new float[gradient.length];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = (float) gradient[i];
            }
            Value w = g.parameter("w", TensorType.of(ElementType.FLOAT32, shape), Initializers.constant(0));
            return g.sum(g.mul(w, g.constant(Tensor.of(numbers, shape))));
        };
        StepGraph training =
                StepGraph.of(objective, StepGraph.Settings.of(Muon.defaults().withIterations(iterations)));
        try (StepRunner runner = new StepRunner(training, Weights.initial(training.all(), 1), Golden.OPTIONS, 1)) {
            runner.step(1, learningRate, Map.of());
            return Golden.in(runner.state(), "w").toFloatArray();
        }
    }
}
