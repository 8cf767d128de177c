package org.menagerie.graph.gradient;

import static java.util.Map.entry;
import static org.menagerie.graph.gradient.Rule.grads;

import java.util.Map;
import org.menagerie.graph.Value;

/** Trigonometric and hyperbolic functions and their inverses. */
final class TrigonometricRules {
    static final Map<String, Rule> RULES = Map.ofEntries(
            entry("Sin", Rule.of((g, n, dy) -> grads(g.mul(dy, g.cos(n.in(0)))))),
            entry("Cos", Rule.of((g, n, dy) -> grads(g.neg(g.mul(dy, g.sin(n.in(0))))))),
            entry("Tan", Rule.of((g, n, dy) -> grads(g.mul(dy, g.add(g.square(n.out()), 1))))),
            entry("Asin", Rule.of((g, n, dy) -> grads(g.div(dy, g.sqrt(g.sub(1, g.square(n.in(0)))))))),
            entry("Acos", Rule.of((g, n, dy) -> grads(g.neg(g.div(dy, g.sqrt(g.sub(1, g.square(n.in(0))))))))),
            entry("Atan", Rule.of((g, n, dy) -> grads(g.div(dy, g.add(g.square(n.in(0)), 1))))),
            entry("Sinh", Rule.of((g, n, dy) -> grads(g.mul(dy, g.op("Cosh", n.in(0)))))),
            entry("Cosh", Rule.of((g, n, dy) -> grads(g.mul(dy, g.op("Sinh", n.in(0)))))),
            entry("Tanh", Rule.of((g, n, dy) -> grads(g.mul(dy, g.sub(1, g.square(n.out())))))),
            entry("Asinh", Rule.of((g, n, dy) -> grads(g.div(dy, g.sqrt(g.add(g.square(n.in(0)), 1)))))),
            entry("Acosh", Rule.of((g, n, dy) -> grads(g.div(dy, g.sqrt(g.add(g.square(n.in(0)), -1)))))),
            entry("Atanh", Rule.of((g, n, dy) -> {
                Value slope = g.reciprocal(g.sub(1, g.square(n.in(0))));
                return grads(g.mul(dy, slope));
            })));

    private TrigonometricRules() {}
}
