package org.menagerie.graph.gradient;

import static java.util.Map.entry;
import static org.menagerie.graph.gradient.Rule.grads;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Node;
import org.menagerie.graph.Value;
import org.menagerie.spi.ElementType;

/** Activation functions. Slopes at a kink are those of its left side, as in PyTorch. */
final class ActivationRules {
    /** So steep that {@code HardSigmoid} with this slope is an exact step for every normal float. */
    private static final double STEEP = 3e38;

    static final Map<String, Rule> RULES = Map.ofEntries(
            entry("Relu", Rule.of((g, n, dy) -> grads(reluGradient(g, n, dy)))),
            entry("LeakyRelu", Rule.of((g, n, dy) -> {
                double alpha = n.attributes().getFloat("alpha", 0.01f);
                return grads(g.mul(dy, g.add(g.mul(step(g, n.in(0)), 1 - alpha), alpha)));
            })),
            entry("PRelu", Rule.of((g, n, dy) -> {
                Value positive = step(g, n.in(0));
                Value negative = g.sub(1, positive);
                Value slope = g.add(positive, g.mul(negative, n.in(1)));
                return grads(g.mul(dy, slope), g.mul(dy, g.mul(negative, n.in(0))));
            })),
            entry("Elu", Rule.of((g, n, dy) -> {
                double alpha = n.attributes().getFloat("alpha", 1);
                Value positive = step(g, n.in(0));
                Value left = g.mul(g.sub(1, positive), g.add(n.out(), alpha));
                return grads(g.mul(dy, g.add(positive, left)));
            })),
            entry("Selu", Rule.of((g, n, dy) -> {
                double alpha = n.attributes().getFloat("alpha", 1.6732632f);
                double gamma = n.attributes().getFloat("gamma", 1.0507010f);
                Value positive = step(g, n.in(0));
                Value left = g.mul(g.sub(1, positive), g.add(n.out(), alpha * gamma));
                return grads(g.mul(dy, g.add(g.mul(positive, gamma), left)));
            })),
            entry("Celu", Rule.of((g, n, dy) -> {
                double alpha = n.attributes().getFloat("alpha", 1);
                Value positive = step(g, n.in(0));
                Value left = g.mul(g.sub(1, positive), g.add(g.mul(n.out(), 1 / alpha), 1));
                return grads(g.mul(dy, g.add(positive, left)));
            })),
            entry("ThresholdedRelu", Rule.of((g, n, dy) -> {
                double alpha = n.attributes().getFloat("alpha", 1);
                return grads(g.mul(dy, step(g, g.add(n.in(0), -alpha))));
            })),
            entry("com.microsoft.FastGelu", Rule.of((g, n, dy) -> {
                Value x = n.has(1) ? g.add(n.in(0), n.in(1)) : n.in(0);
                Value dx = g.mul(dy, fastGeluSlope(g, x));
                return grads(dx, dx);
            })),
            entry("com.microsoft.QuickGelu", Rule.of((g, n, dy) -> {
                double alpha = n.attributes().getFloat("alpha", 1.702f);
                Value gate = g.sigmoid(g.mul(n.in(0), alpha));
                Value bend = g.mul(g.mul(n.out(), alpha), g.sub(1, gate));
                return grads(g.mul(dy, g.add(gate, bend)));
            })),
            entry("com.microsoft.Gelu", Rule.of((g, n, dy) -> grads(g.mul(dy, geluSlope(g, n.in(0)))))),
            entry("Sigmoid", Rule.of((g, n, dy) -> grads(g.mul(dy, g.mul(n.out(), g.sub(1, n.out())))))),
            entry("HardSigmoid", Rule.of((g, n, dy) -> {
                double alpha = n.attributes().getFloat("alpha", 0.2f);
                return grads(g.mul(dy, g.mul(within(g, n.out(), 0, 1), alpha)));
            })),
            entry("HardSwish", Rule.of(ActivationRules::hardSwish)),
            entry("Softplus", Rule.of((g, n, dy) -> grads(g.mul(dy, g.sigmoid(n.in(0)))))),
            entry("Softsign", Rule.of((g, n, dy) -> {
                Value root = g.add(g.abs(n.in(0)), 1);
                return grads(g.div(dy, g.square(root)));
            })),
            entry("Softmax", Rule.of((g, n, dy) -> {
                int axis = (int) n.attributes().getInt("axis", -1);
                Value weighted = g.mul(dy, n.out());
                return grads(g.sub(weighted, g.mul(n.out(), g.sumKeep(weighted, axis))));
            })),
            entry("LogSoftmax", Rule.of((g, n, dy) -> {
                int axis = (int) n.attributes().getInt("axis", -1);
                return grads(g.sub(dy, g.mul(g.exp(n.out()), g.sumKeep(dy, axis))));
            })));

    private ActivationRules() {}

    /** dy where the output is positive, else 0. */
    static Value reluGradient(GraphBuilder g, Node n, Value dy) {
        return g.mul(dy, step(g, n.out()));
    }

    /** 1 where x is positive, else 0; float32 takes an operator that ONNX Runtime has a vectorised kernel for. */
    static Value step(GraphBuilder g, Value x) {
        return x.element() == ElementType.FLOAT32
                ? g.hardSigmoid(x, STEEP, 0)
                : g.cast(g.greater(x, g.scalar(x.element(), 0)), x.element());
    }

    private static Value within(GraphBuilder g, Value x, double low, double high) {
        Value above = g.greater(x, g.scalar(x.element(), low));
        Value below = g.less(x, g.scalar(x.element(), high));
        return g.cast(g.and(above, below), x.element());
    }

    /** x·Φ(x) has the slope Φ(x) + x·φ(x). */
    private static Value geluSlope(GraphBuilder g, Value x) {
        Value distribution = g.add(g.mul(g.erf(g.mul(x, Math.sqrt(0.5))), 0.5), 0.5);
        Value density = g.mul(g.exp(g.mul(g.square(x), -0.5)), 1 / Math.sqrt(2 * Math.PI));
        return g.add(distribution, g.mul(x, density));
    }

    /**
     * x/2·(1 + t) with t = tanh(k·(x + c·x³)), k = √(2/π), c = 0.044715 has the slope (1 + t)/2 + x/2·(1 − t²)·k·(1 +
     * 3c·x²) (Hendrycks 2016, section 2).
     */
    private static Value fastGeluSlope(GraphBuilder g, Value x) {
        double k = Math.sqrt(2 / Math.PI);
        double cube = 0.044715;
        Value squared = g.square(x);
        Value t = g.tanh(g.mul(x, g.add(g.mul(squared, k * cube), k)));
        Value inner = g.add(g.mul(squared, 3 * k * cube), k);
        Value bend = g.mul(g.mul(g.mul(x, 0.5), g.sub(1, g.square(t))), inner);
        return g.add(g.mul(g.add(t, 1), 0.5), bend);
    }

    /** Slope 0 up to −3, (2x + 3)/6 up to 3, then 1. */
    private static List<@Nullable Value> hardSwish(GraphBuilder g, Node n, Value dy) {
        Value x = n.in(0);
        Value middle = g.mul(within(g, x, -3, 3), g.mul(g.add(g.mul(x, 2), 3), 1.0 / 6));
        Value right = g.cast(g.greaterOrEqual(x, g.scalar(x.element(), 3)), x.element());
        return grads(g.mul(dy, g.add(middle, right)));
    }
}
