package org.menagerie.conformance.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.menagerie.graph.Attributes;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.GraphException;
import org.menagerie.graph.Mode;
import org.menagerie.graph.Value;
import org.menagerie.graph.gradient.Gradients;
import org.menagerie.graph.layer.Pool;
import org.menagerie.graph.onnx.OnnxWriter;
import org.menagerie.runtime.Device;
import org.menagerie.runtime.OnnxSession;
import org.menagerie.runtime.SessionOptions;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Shape;
import org.menagerie.spi.Tensor;

/** Gradients where a function has no derivative, by convention PyTorch's; and at zeros and ends of ranges. */
class SpecialValuesTest {
    /** The gradient of the sum of a function's elements. */
    private static double[] gradient(ElementType element, double[] at, long[] shape, GradientCase.Unary function) {
        GraphBuilder g = new GraphBuilder("special", Mode.TRAINING);
        Shape extents = new Shape(shape);
        Value x = g.input("x", org.menagerie.graph.TensorType.of(element, extents));
        Value loss = g.sum(function.build(g, x));
        g.output("dx", Gradients.of(g, loss, List.of(x)).get(0));
        byte[] model = OnnxWriter.toBytes(g.build(), Map.of(), Map.of());
        SessionOptions options =
                SessionOptions.defaults().withDevice(Device.CPU).withThreads(1);
        try (OnnxSession session = OnnxSession.open(model, options)) {
            Tensor dx =
                    session.run(Map.of("x", Input.tensor(element, at, extents))).get("dx");
            return Input.doubles(Objects.requireNonNull(dx));
        }
    }

    private static double[] gradient(ElementType element, GradientCase.Unary function, double... at) {
        return gradient(element, at, new long[] {at.length}, function);
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "FLOAT64"})
    void reluIsFlatAtZero(ElementType element) {
        assertThat(gradient(element, GraphBuilder::relu, -1, -0.0, 0, 1e-30, 1)).containsExactly(0, 0, 0, 1, 1);
    }

    @Test
    void theStepOfReluIsExactForEveryNormalFloat() {
        assertThat(gradient(
                        ElementType.FLOAT32, GraphBuilder::relu, Float.MIN_NORMAL, 3e38, -3e38, Float.MIN_NORMAL * 8))
                .containsExactly(1, 1, 0, 1);
    }

    @Test
    void absoluteValueIsFlatAtZero() {
        assertThat(gradient(ElementType.FLOAT64, GraphBuilder::abs, -2, 0, 3)).containsExactly(-1, 0, 1);
    }

    @Test
    void boundsOfClipPassTheGradient() {
        assertThat(gradient(ElementType.FLOAT64, (g, x) -> g.clip(x, -1, 1), -2, -1, 0, 1, 2))
                .containsExactly(0, 1, 1, 1, 0);
    }

    @Test
    void aPowerHasASlopeAtZero() {
        assertThat(gradient(ElementType.FLOAT64, (g, x) -> g.pow(x, 2), 0, -3)).containsExactly(0, -6);
        assertThat(gradient(ElementType.FLOAT64, (g, x) -> g.pow(x, 1), 0, -3)).containsExactly(1, 1);
    }

    @Test
    void equalExtremesShareTheGradient() {
        assertThat(gradient(ElementType.FLOAT64, (g, x) -> g.maxOver(x), 2, 5, 5, 1))
                .containsExactly(0, 0.5, 0.5, 0);
        assertThat(gradient(ElementType.FLOAT64, (g, x) -> g.max(x, g.scalar(x.element(), 5)), 2, 5, 7))
                .containsExactly(0, 0.5, 1);
    }

    @Test
    void ofEqualElementsInAWindowTheFirstGetsTheGradient() {
        double[] ties = {1, 1, 1, 1, 1, 1, 1, 1, 1};
        for (ElementType element : List.of(ElementType.FLOAT32, ElementType.FLOAT64)) {
            assertThat(gradient(
                            element,
                            ties,
                            new long[] {1, 1, 3, 3},
                            (g, x) -> g.maxPool(x, Pool.of(2).stride(1))))
                    .containsExactly(1, 1, 0, 1, 1, 0, 0, 0, 0);
        }
    }

    @Test
    void productsWithZerosNeedNoDivision() {
        assertThat(gradient(ElementType.FLOAT64, (g, x) -> g.reduce("ReduceProd", x, false), 2, 0, 3))
                .containsExactly(0, 6, 0);
        assertThat(gradient(ElementType.FLOAT64, (g, x) -> g.reduce("ReduceProd", x, false), 0, 0, 3))
                .containsExactly(0, 0, 0);
    }

    @Test
    void largeLogitsStayFinite() {
        double[] slopes = gradient(
                ElementType.FLOAT64,
                new double[] {1000, -1000, 0, 800, 900, 1000},
                new long[] {2, 3},
                (g, x) -> g.crossEntropy(x, g.longs(0, 0)));

        assertThat(slopes).containsExactly(new double[] {0, 0, 0, -0.5, 0, 0.5}, within(1e-12));
        assertThat(gradient(ElementType.FLOAT32, GraphBuilder::softplus, -100, 100))
                .containsExactly(0, 1);
    }

    @Test
    void whatTheLossDoesNotDependOnHasZeros() {
        assertThat(gradient(ElementType.FLOAT64, (g, x) -> g.scalar(x.element(), 3), 1, 2))
                .containsExactly(0, 0);
    }

    @Test
    void anOperatorWithoutARuleIsNamedWithItsReasonAndPath() {
        GraphBuilder g = new GraphBuilder("indices", Mode.TRAINING);
        Value x = g.input("x", "f32[N]");
        Value drawn = g.op("Bernoulli", Attributes.NONE, x);
        Value loss = g.mean(g.exp(drawn));

        assertThatThrownBy(() -> Gradients.of(g, loss, List.of(x)))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("Bernoulli")
                .hasMessageContaining("draws at random")
                .hasMessageContaining("Bernoulli → Exp → ReduceMean");
    }

    /** As PyTorch 1.13 gives it. */
    @Test
    void aPowerOfZeroIsFlatEverywhere() {
        assertThat(gradient(ElementType.FLOAT64, (g, x) -> g.pow(x, 0), 0, 2, -3))
                .containsExactly(0, 0, 0);
        assertThat(gradient(ElementType.FLOAT32, (g, x) -> g.pow(x, g.mul(g.detach(x), 0)), 0, 2, -3))
                .containsExactly(0, 0, 0);
        assertThat(gradient(ElementType.FLOAT64, (g, x) -> g.pow(x, -1), 2)).containsExactly(-0.25);
    }

    @Test
    void thePowersSlopeHasASlopeAtZero() {
        for (double exponent : new double[] {1, 2, 3}) {
            double second = exponent == 2 ? 2 : 0;
            assertThat(gradient(
                            ElementType.FLOAT64,
                            (g, x) -> Gradients.of(g, g.sum(g.pow(x, exponent)), List.of(x))
                                    .get(0),
                            0))
                    .containsExactly(second);
        }
    }

    @Test
    void aNormIsFlatAtTheOrigin() {
        assertThat(gradient(ElementType.FLOAT64, (g, x) -> g.reduce("ReduceL2", x, false), 0, 0))
                .containsExactly(0, 0);
        assertThat(gradient(ElementType.FLOAT64, (g, x) -> g.reduce("ReduceL2", x, false), 3, 4))
                .containsExactly(0.6, 0.8);
    }

    /** Numbers of PyTorch 1.13: a class that a logit of −∞ excludes has no part in loss or gradient. */
    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "FLOAT64"})
    void excludedClassesHaveNoPartInCrossEntropy(ElementType element) {
        double no = Double.NEGATIVE_INFINITY;
        double[] logits = {1, no, 2, 0, 0.5, 1, no, no, 0, 1, 2, 3};
        long[] shape = {3, 4};
        double[] all = {-0.2518, 0, 0.2217, 0.0300, 0.1258, -0.1258, 0, 0, 0.0107, 0.0290, 0.0790, -0.1187};
        double[] without = {-0.3776, 0, 0.3326, 0.0450, 0, 0, 0, 0, 0.0160, 0.0436, 0.1184, -0.1780};

        assertThat(gradient(element, logits, shape, (g, x) -> g.crossEntropy(x, g.longs(0, 1, 3))))
                .containsExactly(all, within(1e-4));
        assertThat(gradient(element, logits, shape, (g, x) -> g.crossEntropyWithout(x, g.longs(0, -100, 3), -100)))
                .containsExactly(without, within(1e-4));
        assertThat(value(element, logits, shape, (g, x) -> g.crossEntropy(x, g.longs(0, 1, 3))))
                .isCloseTo(0.77395755, within(1e-6));
        assertThat(value(element, logits, shape, (g, x) -> g.crossEntropyWithout(x, g.longs(0, -100, 3), -100)))
                .isCloseTo(0.92389780, within(1e-6));
        assertThat(value(element, logits, shape, (g, x) -> g.crossEntropy(x, g.longs(0, 1, 3), 0.1)))
                .isEqualTo(Double.POSITIVE_INFINITY);
    }

    /** A row that does not count may hold anything. */
    @Test
    void aRowThatDoesNotCountMayExcludeItsOwnLabel() {
        double no = Double.NEGATIVE_INFINITY;
        double[] logits = {no, 0, 1, 1};

        assertThat(value(
                        ElementType.FLOAT64,
                        logits,
                        new long[] {2, 2},
                        (g, x) -> g.crossEntropyWithout(x, g.longs(0, 1), 0)))
                .isCloseTo(Math.log(2), within(1e-12));
    }

    private static double value(ElementType element, double[] at, long[] shape, GradientCase.Unary function) {
        GraphBuilder g = new GraphBuilder("special", Mode.TRAINING);
        Value x = g.input("x", org.menagerie.graph.TensorType.of(element, new Shape(shape)));
        g.output("y", function.build(g, x));
        SessionOptions options =
                SessionOptions.defaults().withDevice(Device.CPU).withThreads(1);
        try (OnnxSession session = OnnxSession.open(OnnxWriter.toBytes(g.build(), Map.of(), Map.of()), options)) {
            Tensor y = session.run(Map.of("x", Input.tensor(element, at, new Shape(shape))))
                    .get("y");
            return Input.doubles(Objects.requireNonNull(y))[0];
        }
    }

    @Test
    void onlyScalarsHaveGradients() {
        GraphBuilder g = new GraphBuilder("vector", Mode.TRAINING);
        Value x = g.input("x", "f32[2]");

        assertThatThrownBy(() -> Gradients.of(g, g.exp(x), List.of(x)))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("scalar");
    }
}
