package org.menagerie.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.menagerie.graph.Attributes;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Node;
import org.menagerie.graph.TensorType;
import org.menagerie.graph.Value;
import org.menagerie.graph.gradient.GradientRules;
import org.menagerie.graph.gradient.Rule;
import org.menagerie.graph.layer.Initializers;
import org.menagerie.graph.operator.Operator;
import org.menagerie.graph.operator.Operators;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;
import org.menagerie.training.recipe.TrainingKinds;

/** A network with an operator that a plugin adds, one of ONNX Runtime's own, trains as the same network without it. */
class DeclaredOperatorTest {
    private static Value gelu(GraphBuilder g, Value x) {
        return g.mul(g.mul(x, 0.5), g.add(g.op("Erf", g.mul(x, Math.sqrt(0.5))), 1));
    }

    private static List<@Nullable Value> slopes(GraphBuilder g, Node node, Value dy) {
        Value x = g.add(
                Objects.requireNonNull(node.inputs().get(0)),
                Objects.requireNonNull(node.inputs().get(1)));
        Value density = g.mul(g.exp(g.mul(g.square(x), -0.5)), 1 / Math.sqrt(2 * Math.PI));
        Value cumulative = g.mul(g.add(g.op("Erf", g.mul(x, Math.sqrt(0.5))), 1), 0.5);
        Value dx = g.mul(dy, g.add(cumulative, g.mul(x, density)));
        return List.of(dx, dx);
    }

    private static Objective objective(boolean fused) {
        return g -> {
            Value x = g.linear("in", g.input("x", "f32[N,4]"), 6);
            Value bias = g.parameter("bias", TensorType.of(ElementType.FLOAT32, 6), Initializers.normal(0, 1));
            Value hidden = fused
                    ? g.emit("com.microsoft", "BiasGelu", Attributes.NONE, 1, List.of(x, bias))
                            .get(0)
                    : gelu(g, g.add(x, bias));
            return g.mean(g.square(g.sub(g.linear("out", hidden, 1), g.input("y", "f32[N,1]"))));
        };
    }

    private static Map<String, Tensor> trained(boolean fused) {
        GradientRules rules =
                GradientRules.standard().with(Map.of("com.microsoft.BiasGelu", Rule.of(DeclaredOperatorTest::slopes)));
        StepGraph graph = StepGraph.of(
                objective(fused),
                StepGraph.Settings.of(TrainingKinds.standard().optimizer("sgd")).withRules(rules));
        Map<String, Tensor> batch = Map.of(
                "x",
                Tensor.of(new float[] {1, 2, -1, 0, .5f, -2, 3, 1}, 2, 4),
                "y",
                Tensor.of(new float[] {1, -1}, 2, 1));
        Map<String, Tensor> after = new LinkedHashMap<>();
        try (StepRunner runner = new StepRunner(graph, Weights.initial(graph.all(), 2), Golden.OPTIONS, 1)) {
            for (int step = 1; step <= 20; step++) {
                runner.step(step, 0.02, batch);
            }
            runner.state().forEach((name, tensor) -> after.put(name, tensor.copy()));
        }
        return after;
    }

    @Test
    void trainsAsTheSameNetworkWithoutIt() {
        Operators.declare(Operator.of("com.microsoft", "BiasGelu", 2, 2, "", call -> List.of(call.type(0))));
        Map<String, Tensor> plain = trained(false);
        trained(true).forEach((name, tensor) -> {
            float[] found = tensor.toFloatArray();
            float[] expected = Golden.in(plain, name).toFloatArray();
            for (int i = 0; i < found.length; i++) {
                assertThat((double) found[i]).as("%s[%d]", name, i).isEqualTo(expected[i], offset(1e-5));
            }
        });
    }
}
