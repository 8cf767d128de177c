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

    @Test
    void aBodyThatUsesAValueFromOutsideIsNoSilentZero() {
        GraphBuilder g = new GraphBuilder("branches", Mode.TRAINING);
        Value x = g.input("x", "f32[2]");
        Value condition = g.input("condition", "bool[]");
        GraphBuilder then = g.body("then");
        then.output("a", then.mul(x, 2));
        GraphBuilder otherwise = g.body("otherwise");
        otherwise.output("b", otherwise.mul(x, 3));
        Value chosen = g.op(
                "If", Attributes.of("then_branch", then.build()).with("else_branch", otherwise.build()), condition);

        assertThatThrownBy(() -> Gradients.of(g, g.sum(chosen), List.of(x)))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("If")
                .hasMessageContaining("not differentiated");
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
