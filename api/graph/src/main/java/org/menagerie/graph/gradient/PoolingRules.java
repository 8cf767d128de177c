package org.menagerie.graph.gradient;

import static java.util.Map.entry;
import static org.menagerie.graph.gradient.Rule.grads;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.menagerie.graph.Attributes;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Node;
import org.menagerie.graph.Value;
import org.menagerie.graph.operator.Window;
import org.menagerie.spi.ElementType;

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

    /** True if every element of the input belongs to at most one window. */
    static boolean disjoint(Window window) {
        return Arrays.equals(window.kernel(), window.strides())
                && Arrays.stream(window.pads()).allMatch(pad -> pad == 0)
                && Arrays.stream(window.dilations()).allMatch(dilation -> dilation == 1)
                && !window.ceil()
                && window.autoPad().equals("NOTSET");
    }

    /** True if the windows leave no rest; unknown extents may. */
    static boolean even(Value x, Window window) {
        return IntStream.range(0, window.axes())
                .allMatch(axis -> x.dim(axis + 2).isFixed() && x.dim(axis + 2).value() % window.kernel()[axis] == 0);
    }

    /** dy added where the largest elements stood; of equal ones the first. */
    private static List<@Nullable Value> maxPool(GraphBuilder g, Node n, Value dy) {
        Value x = n.in(0);
        Value indices = n.outputs().size() > 1
                ? n.out(1)
                : g.ops("MaxPool", n.attributes(), 2, x).get(1);
        Window window = window(n);
        if (disjoint(window) && even(x, window) && x.element() == ElementType.FLOAT32 && x.rank() == 4) {
            Attributes attributes =
                    Attributes.of("kernel_shape", window.kernel()).with("strides", window.strides());
            return grads(g.op("MaxUnpool", attributes, dy, indices, g.op("Shape", x)));
        }
        Value zeros = g.reshape(g.fullLike(x, 0), -1);
        Value scattered = g.scatterAdd(zeros, g.reshape(indices, -1), g.reshape(dy, -1), 0);
        return grads(g.reshapeLike(scattered, x));
    }
}
