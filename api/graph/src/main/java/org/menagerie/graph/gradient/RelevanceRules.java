package org.menagerie.graph.gradient;

import static org.menagerie.graph.gradient.Rule.grads;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.GraphException;
import org.menagerie.graph.Node;
import org.menagerie.graph.Value;

/**
 * Layer-wise relevance propagation, written as gradient rules whose {@code dy} is relevance.
 *
 * <p>A sum passes its relevance on in proportion to its terms. An activation function passes it on as it is. A product of two
 * computed values gives half to each; a quotient gives all to the numerator. Operators that only move values, and the largest of
 * a window, keep their own rules.
 *
 * @param epsilon added to the sums, with their sign
 */
record RelevanceRules(double epsilon) {
    /** Operators that are linear in their first input. */
    private static final List<String> LINEAR = List.of(
            "Conv",
            "ConvTranspose",
            "Gemm",
            "GlobalAveragePool",
            "AveragePool",
            "ReduceMean",
            "ReduceSum",
            "BatchNormalization",
            "Resize");

    private static final List<String> ACTIVATIONS = List.of(
            "Relu",
            "LeakyRelu",
            "PRelu",
            "Elu",
            "Selu",
            "Celu",
            "ThresholdedRelu",
            "Sigmoid",
            "HardSigmoid",
            "HardSwish",
            "Tanh",
            "Softplus",
            "Softsign",
            "Softmax",
            "LogSoftmax",
            "Clip",
            "Erf",
            "Exp",
            "Sqrt",
            "Pow",
            "Abs",
            "Reciprocal",
            "LayerNormalization",
            "com.microsoft.Gelu",
            "com.microsoft.FastGelu",
            "com.microsoft.QuickGelu");

    private static final List<String> WEIGHTED = List.of("Conv", "ConvTranspose", "Gemm", "MatMul");

    Map<String, Rule> byEpsilon() {
        Map<String, Rule> rules = new HashMap<>();
        LINEAR.forEach(op -> rules.put(op, linear(GradientRules.standard(op))));
        ACTIVATIONS.forEach(op -> rules.put(op, (g, n, dys) -> passed(g, n, dys.get(0))));
        rules.put("MatMul", Rule.of(this::matMul));
        rules.put("Add", Rule.of((g, n, r) -> {
            Value share = g.div(r, stable(g, n.out()));
            return grads(g.mul(n.in(0), share), g.mul(n.in(1), share));
        }));
        rules.put("Sub", Rule.of((g, n, r) -> {
            Value share = g.div(r, stable(g, n.out()));
            return grads(g.mul(n.in(0), share), g.neg(g.mul(n.in(1), share)));
        }));
        rules.put("Sum", Rule.of((g, n, r) -> {
            Value share = g.div(r, stable(g, n.out()));
            return n.inputs().stream()
                    .map(term -> g.mul(Objects.requireNonNull(term), share))
                    .toList();
        }));
        rules.put("Mul", Rule.of((g, n, r) -> {
            Value share = isComputed(n.in(0)) && isComputed(n.in(1)) ? g.mul(r, 0.5) : r;
            return grads(share, share);
        }));
        rules.put("Div", Rule.of((g, n, r) -> grads(r, g.fullLike(n.in(1), 0))));
        return rules;
    }

    Map<String, Rule> byPositive() {
        Map<String, Rule> rules = byEpsilon();
        for (String op : WEIGHTED) {
            Rule otherwise = Objects.requireNonNull(rules.get(op));
            rules.put(op, (g, n, dys) -> isComputed(n.in(1)) ? otherwise.apply(g, n, dys) : positive(g, n, dys.get(0)));
        }
        return rules;
    }

    /** x·∂(y·s)/∂x with s = R/y. */
    private Rule linear(Rule slope) {
        return Rule.of((g, n, r) -> {
            List<@Nullable Value> slopes = slope.apply(g, n, List.of(g.div(r, stable(g, n.out()))));
            Value first = Objects.requireNonNull(slopes.get(0));
            List<@Nullable Value> relevances = new ArrayList<>(slopes);
            relevances.set(0, g.mul(n.in(0), first));
            return relevances;
        });
    }

    private List<@Nullable Value> matMul(GraphBuilder g, Node n, Value r) {
        List<@Nullable Value> slopes =
                GradientRules.standard("MatMul").apply(g, n, List.of(g.div(r, stable(g, n.out()))));
        double share = isComputed(n.in(0)) && isComputed(n.in(1)) ? 0.5 : 1;
        return grads(
                g.mul(g.mul(n.in(0), Objects.requireNonNull(slopes.get(0))), share),
                g.mul(g.mul(n.in(1), Objects.requireNonNull(slopes.get(1))), share));
    }

    /** The z⁺ rule: positive inputs by positive weights and negative ones by negative weights; biases have no share. */
    private List<@Nullable Value> positive(GraphBuilder g, Node n, @Nullable Value relevance) {
        Value r = Objects.requireNonNull(relevance);
        Value x = n.in(0);
        Value weight = n.in(1);
        Value xPositive = g.relu(x);
        Value xNegative = g.sub(x, xPositive);
        Value wPositive = g.relu(weight);
        Value wNegative = g.sub(weight, wPositive);
        Value up = g.op(n.op(), n.attributes(), xPositive, wPositive);
        Value down = g.op(n.op(), n.attributes(), xNegative, wNegative);
        Value share = g.div(r, stable(g, g.add(up, down)));
        Value first = g.mul(xPositive, slope(g, up, share));
        Value second = g.mul(xNegative, slope(g, down, share));
        return grads(g.add(first, second), g.fullLike(weight, 0), n.has(2) ? g.fullLike(n.in(2), 0) : null);
    }

    private static Value slope(GraphBuilder g, Value y, Value dy) {
        Node node = y.producer().orElseThrow(() -> new GraphException("'%s' comes from no node".formatted(y.name())));
        return Objects.requireNonNull(GradientRules.standard(node.qualifiedOp())
                .apply(g, node, List.of(dy))
                .get(0));
    }

    private static List<@Nullable Value> passed(GraphBuilder g, Node n, @Nullable Value relevance) {
        List<@Nullable Value> all = new ArrayList<>();
        all.add(relevance);
        for (int i = 1; i < n.inputs().size(); i++) {
            all.add(n.has(i) && isComputed(n.in(i)) ? g.fullLike(n.in(i), 0) : null);
        }
        return all;
    }

    /** A sum, moved away from zero. */
    private Value stable(GraphBuilder g, Value sum) {
        Value sign = g.cast(g.greaterOrEqual(sum, g.scalar(sum.element(), 0)), sum.element());
        return g.add(sum, g.mul(g.add(sign, -0.5), 2 * epsilon));
    }

    /** False of weights and constants. */
    private static boolean isComputed(Value value) {
        return value.producer().isPresent();
    }
}
