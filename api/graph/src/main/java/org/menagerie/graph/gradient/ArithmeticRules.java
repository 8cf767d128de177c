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
import org.menagerie.spi.Tensor;

/** Arithmetic, element by element. */
final class ArithmeticRules {
    /** The rule of step functions, whose slope is zero wherever they have one: the walker does not go through them. */
    static final Rule FLAT = (g, n, dys) -> grads(new @Nullable Value[] {null});

    /** An exponent that the formulas treat like any other. */
    private static final double OTHER = Double.NaN;

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
            entry("Sign", FLAT),
            entry("Floor", FLAT),
            entry("Ceil", FLAT),
            entry("Round", FLAT),
            entry("Min", Rule.of(ArithmeticRules::extreme)),
            entry("Max", Rule.of(ArithmeticRules::extreme)),
            entry("Clip", Rule.of(ArithmeticRules::clip)),
            entry("Mod", Rule.of(ArithmeticRules::mod)),
            entry("Where", Rule.of((g, n, dy) -> {
                Value zero = g.scalar(dy.element(), 0);
                return grads(null, g.where(n.in(0), dy, zero), g.where(n.in(0), zero, dy));
            })));

    private ArithmeticRules() {}

    /** x^p: dx = dy·p·x^(p−1), which is 0 where p is 0; dp = dy·x^p·ln x, which is 0 where x is 0. */
    private static List<@Nullable Value> pow(GraphBuilder g, Node n, Value dy) {
        Value x = n.in(0);
        Value zero = g.scalar(x.element(), 0);
        Value positive = g.greater(x, zero);
        Value logarithm = g.log(g.where(positive, x, g.scalar(x.element(), 1)));
        Value dp = g.mul(dy, g.where(positive, g.mul(n.out(), logarithm), zero));
        return grads(
                g.mul(dy, slopeOfPower(g, x, n.in(1))),
                n.in(1).element().isFloating() ? g.cast(dp, n.in(1).element()) : null);
    }

    /** p·x^(p−1). At x = 0 and p = 0 the power is infinite and the product must be 0. */
    private static Value slopeOfPower(GraphBuilder g, Value x, Value exponent) {
        double known = exponent.constant().map(ArithmeticRules::only).orElse(OTHER);
        if (known == 0) {
            return g.fullLike(x, 0);
        }
        if (!Double.isNaN(known)) {
            Value power = known == 1 ? g.fullLike(x, 1) : known == 2 ? x : g.pow(x, known - 1);
            return known == 1 ? power : g.mul(power, known);
        }
        Value p = g.cast(exponent, x.element());
        Value slope = g.mul(p, g.pow(x, g.add(p, -1)));
        Value zero = g.scalar(x.element(), 0);
        return g.where(g.equal(p, zero), zero, slope);
    }

    /** The element of a tensor that has one. */
    private static double only(Tensor tensor) {
        if (tensor.size() != 1) {
            return OTHER;
        }
        return switch (tensor.elementType()) {
            case FLOAT32 -> tensor.floats().get(0);
            case FLOAT64 -> tensor.doubles().get(0);
            case INT32 -> tensor.ints().get(0);
            case INT64 -> tensor.longs().get(0);
            default -> OTHER;
        };
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

    /** The gradient passes where the input is within its bounds, bounds included; beyond them it is the bound's. */
    private static List<@Nullable Value> clip(GraphBuilder g, Node n, Value dy) {
        Value x = n.in(0);
        return grads(
                g.mul(dy, g.cast(g.equal(x, n.out()), dy.element())),
                n.has(1) ? g.mul(dy, g.cast(g.less(x, n.in(1)), dy.element())) : null,
                n.has(2) ? g.mul(dy, g.cast(g.greater(x, n.in(2)), dy.element())) : null);
    }
}
