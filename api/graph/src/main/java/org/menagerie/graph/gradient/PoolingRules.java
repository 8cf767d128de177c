package org.menagerie.graph.gradient;

import static java.util.Map.entry;
import static org.menagerie.graph.gradient.Rule.grads;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Node;
import org.menagerie.graph.Value;
import org.menagerie.graph.operator.Window;

/** Pools. */
final class PoolingRules {
    static final Map<String, Rule> RULES = Map.ofEntries(
            entry("MaxPool", Rule.of(PoolingRules::maxPool)),
            entry("AveragePool", Rule.of(AveragePoolGradient::of)),
            entry("GlobalAveragePool", Rule.of((g, n, dy) -> {
                Value count = g.count(n.in(0), dy.element(), spatialAxes(n.in(0)));
                return grads(g.expand(g.div(dy, count), g.shapeOf(n.in(0))));
            })),
            entry("GlobalMaxPool", Rule.of((g, n, dy) -> {
                Value winner = g.cast(g.equal(n.in(0), n.out()), dy.element());
                return grads(g.mul(winner, g.div(dy, g.sumKeep(winner, spatialAxes(n.in(0))))));
            })),
            entry("MaxUnpool", Rule.of((g, n, dy) -> {
                Value flat = g.gather(g.reshape(dy, -1), g.reshape(n.in(1), -1), 0);
                return grads(g.reshapeLike(flat, n.in(0)), null, null);
            })));

    private PoolingRules() {}

    private static int[] spatialAxes(Value x) {
        return IntStream.range(2, x.rank()).toArray();
    }

    static Window window(Node n) {
        return Window.of(n.attributes(), n.attributes().getInts("kernel_shape"));
    }

    /** dy added where the largest elements stood; of equal ones the first. */
    private static List<@Nullable Value> maxPool(GraphBuilder g, Node n, Value dy) {
        Value x = n.in(0);
        Value indices = n.outputs().size() > 1
                ? n.out(1)
                : g.ops("MaxPool", n.attributes(), 2, x).get(1);
        return grads(g.maxUnpool(dy, indices, n.attributes(), x));
    }
}
