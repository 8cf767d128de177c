package org.menagerie.graph.gradient;

import static java.util.Map.entry;
import static org.menagerie.graph.gradient.Rule.grads;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Node;
import org.menagerie.graph.Value;

/** Arithmetic, element by element. */
final class ArithmeticRules {
    /** The gradient of a step function: none, as its slope is zero wherever it has one. */
    private static final List<@Nullable Value> STEP = grads(new @Nullable Value[] {null});

    static final Map<String, Rule> RULES = Map.ofEntries(
            entry("Add", Rule.of((g, n, dy) -> grads(dy, dy))),
            entry("Sub", Rule.of((g, n, dy) -> grads(dy, g.neg(dy)))),
            entry("Mul", Rule.of((g, n, dy) -> grads(g.mul(dy, n.in(1)), g.mul(dy, n.in(0))))),
            entry("Div", Rule.of((g, n, dy) -> {
                Value dx = g.div(dy, n.in(1));
                return grads(dx, g.neg(g.mul(dx, n.out())));
            })),
            entry("Pow", Rule.of(ArithmeticRules::pow)),
            entry("Sqrt", Rule.of((g, n, dy) -> grads(g.div(g.mul(dy, 0.5), n.out())))),
            entry("Exp", Rule.of((g, n, dy) -> grads(g.mul(dy, n.out())))),
            entry("Log", Rule.of((g, n, dy) -> grads(g.div(dy, n.in(0))))),
            entry("Neg", Rule.of((g, n, dy) -> grads(g.neg(dy)))),
            entry("Abs", Rule.of((g, n, dy) -> grads(g.mul(dy, g.sign(n.in(0)))))),
            entry("Reciprocal", Rule.of((g, n, dy) -> grads(g.neg(g.mul(dy, g.square(n.out())))))),
            entry(
                    "Erf",
                    Rule.of((g, n, dy) ->
                            grads(g.mul(dy, g.mul(g.exp(g.neg(g.square(n.in(0)))), 2 / Math.sqrt(Math.PI)))))),
            entry("Sum", Rule.of(ArithmeticRules::sum)),
            entry(
                    "Mean",
                    Rule.of((g, n, dy) -> sum(g, n, g.mul(dy, 1.0 / n.inputs().size())))),
            entry("Sign", Rule.of((g, n, dy) -> STEP)),
            entry("Floor", Rule.of((g, n, dy) -> STEP)),
            entry("Ceil", Rule.of((g, n, dy) -> STEP)),
            entry("Round", Rule.of((g, n, dy) -> STEP)),
            entry("Min", Rule.of(ArithmeticRules::extreme)),
            entry("Max", Rule.of(ArithmeticRules::extreme)),
            entry("Clip", Rule.of(ArithmeticRules::clip)),
            entry("Mod", Rule.of(ArithmeticRules::mod)),
            entry("Where", Rule.of((g, n, dy) -> {
                Value zero = g.scalar(dy.element(), 0);
                return grads(null, g.where(n.in(0), dy, zero), g.where(n.in(0), zero, dy));
            })));

    private ArithmeticRules() {}

    /** x^p: dx = dy·p·x^(p−1); dp = dy·x^p·ln x, which is 0 where x is 0. */
    private static List<@Nullable Value> pow(GraphBuilder g, Node n, Value dy) {
        Value x = n.in(0);
        Value p = g.cast(n.in(1), x.element());
        Value dx = g.mul(dy, g.mul(p, g.pow(x, g.add(p, -1))));
        Value positive = g.greater(x, g.scalar(x.element(), 0));
        Value logarithm = g.log(g.where(positive, x, g.scalar(x.element(), 1)));
        Value dp = g.mul(dy, g.mul(n.out(), logarithm));
        return grads(dx, n.in(1).element().isFloating() ? g.cast(dp, n.in(1).element()) : null);
    }

    /** x − b·q with a whole quotient q that is flat: dx = dy; db = −dy·q. */
    private static List<@Nullable Value> mod(GraphBuilder g, Node n, Value dy) {
        Value quotient = g.op("Round", g.div(g.sub(n.in(0), n.out()), n.in(1)));
        return grads(dy, g.neg(g.mul(dy, quotient)));
    }

    private static List<@Nullable Value> sum(GraphBuilder g, Node n, Value dy) {
        List<@Nullable Value> gradients = new ArrayList<>();
        n.inputs().forEach(input -> gradients.add(dy));
        return gradients;
    }

    /** The gradient goes to the inputs that equal the extreme, in equal shares where several do. */
    private static List<@Nullable Value> extreme(GraphBuilder g, Node n, Value dy) {
        List<Value> winners = new ArrayList<>();
        for (int i = 0; i < n.inputs().size(); i++) {
            winners.add(g.cast(g.equal(n.in(i), n.out()), dy.element()));
        }
        Value share = g.div(dy, g.op("Sum", winners.toArray(Value[]::new)));
        List<@Nullable Value> gradients = new ArrayList<>();
        winners.forEach(winner -> gradients.add(g.mul(share, winner)));
        return gradients;
    }

    /** The gradient passes where the input is within its bounds, bounds included; the bounds get none. */
    private static List<@Nullable Value> clip(GraphBuilder g, Node n, Value dy) {
        return grads(g.mul(dy, g.cast(g.equal(n.in(0), n.out()), dy.element())));
    }
}
