package org.menagerie.graph.gradient;

import static java.util.Map.entry;
import static org.menagerie.graph.gradient.Rule.grads;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.menagerie.graph.Attributes;
import org.menagerie.graph.Dim;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.GraphException;
import org.menagerie.graph.Node;
import org.menagerie.graph.Value;
import org.menagerie.graph.operator.Window;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;

/** Pools. */
final class PoolingRules {
    static final Map<String, Rule> RULES = Map.ofEntries(
            entry("MaxPool", Rule.of(PoolingRules::maxPool)),
            entry("AveragePool", Rule.of(PoolingRules::averagePool)),
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

    private static Window window(Node n) {
        return Window.of(n.attributes(), n.attributes().getInts("kernel_shape"));
    }

    private static boolean disjoint(Window window) {
        return Arrays.equals(window.kernel(), window.strides())
                && Arrays.stream(window.pads()).allMatch(pad -> pad == 0)
                && Arrays.stream(window.dilations()).allMatch(dilation -> dilation == 1)
                && !window.ceil()
                && window.autoPad().equals("NOTSET");
    }

    /** True if the windows leave no rest; unknown extents may. */
    private static boolean even(Value x, Window window) {
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

    /** dy shared by the elements of its window. */
    private static List<@Nullable Value> averagePool(GraphBuilder g, Node n, Value dy) {
        Value x = n.in(0);
        Window window = window(n);
        boolean fixed = x.type().dims().stream().skip(2).allMatch(Dim::isFixed);
        double share = 1.0 / Arrays.stream(window.kernel()).reduce(1, Math::multiplyExact);
        if (disjoint(window) && even(x, window)) {
            return grads(repeated(g, g.mul(dy, share), x, window));
        }
        if (!fixed) {
            throw new GraphException(n + ": no gradient for overlapping windows over a symbolic extent");
        }
        return grads(spread(g, n, dy, x, window));
    }

    /** Every element repeated over its window, for disjoint windows. */
    private static Value repeated(GraphBuilder g, Value dy, Value x, Window window) {
        int axes = window.axes();
        long[] split = new long[2 + 2 * axes];
        long[] full = new long[2 + 2 * axes];
        Arrays.fill(full, 1);
        for (int axis = 0; axis < axes; axis++) {
            split[2 + 2 * axis] = dy.dim(axis + 2).value();
            split[3 + 2 * axis] = 1;
            full[2 + 2 * axis] = dy.dim(axis + 2).value();
            full[3 + 2 * axis] = window.kernel()[axis];
        }
        return g.reshapeLike(g.expand(g.reshape(dy, split), g.longs(full)), x);
    }

    /** A transposed convolution with ones, a channel at a time, of dy divided by how many elements each window had. */
    private static Value spread(GraphBuilder g, Node n, Value dy, Value x, Window window) {
        long[] extents = IntStream.range(2, x.rank())
                .mapToLong(axis -> x.dim(axis).value())
                .toArray();
        long[] places = IntStream.range(2, dy.rank())
                .mapToLong(axis -> dy.dim(axis).value())
                .toArray();
        long[] pads = window.padsFor(x.type().dims().subList(2, x.rank()));
        int axes = window.axes();
        boolean countPadding = n.attributes().getFlag("count_include_pad");
        Value shares = dy;
        long[] reach = new long[axes];
        for (int axis = 0; axis < axes; axis++) {
            long[] column = new long[axes];
            Arrays.fill(column, 1);
            column[axis] = places[axis];
            float[] inverse = new float[(int) places[axis]];
            for (int p = 0; p < inverse.length; p++) {
                inverse[p] = 1f / elements(window, axis, p, extents[axis], pads, countPadding);
            }
            shares = g.mul(shares, g.cast(g.constant(Tensor.of(inverse, column)), dy.element()));
            reach[axis] = (places[axis] - 1) * window.strides()[axis] + window.span(axis);
        }
        long[] ones = new long[axes + 2];
        ones[0] = 1;
        ones[1] = 1;
        System.arraycopy(window.kernel(), 0, ones, 2, axes);
        Tensor kernel = Tensor.allocate(ElementType.FLOAT32, ones);
        for (int i = 0; i < kernel.size(); i++) {
            kernel.floats().put(i, 1);
        }
        long[] oneChannel = new long[axes + 2];
        oneChannel[0] = -1;
        oneChannel[1] = 1;
        System.arraycopy(places, 0, oneChannel, 2, axes);
        Attributes attributes = Attributes.of("strides", window.strides()).with("dilations", window.dilations());
        Value whole = g.op(
                "ConvTranspose", attributes, g.reshape(shares, oneChannel), g.cast(g.constant(kernel), dy.element()));
        return g.reshapeLike(cropped(g, whole, reach, extents, pads), x);
    }

    /** The transposed convolution covers padding and input; the padding is cut off, a rest without windows is zero. */
    private static Value cropped(GraphBuilder g, Value whole, long[] reach, long[] extents, long[] pads) {
        int axes = reach.length;
        long[] margins = new long[2 * (axes + 2)];
        for (int axis = 0; axis < axes; axis++) {
            margins[axis + 2] = -pads[axis];
            margins[axis + 2 + axes + 2] = extents[axis] + pads[axis] - reach[axis];
        }
        return Arrays.stream(margins).allMatch(m -> m == 0) ? whole : g.pad(whole, 0, margins);
    }

    /** How many elements along an axis the window at a place averages. */
    private static long elements(Window window, int axis, int place, long extent, long[] pads, boolean countPadding) {
        long start = place * window.strides()[axis] - pads[axis];
        long limit = countPadding ? extent + pads[axis + window.axes()] : extent;
        long count = 0;
        for (long k = 0; k < window.kernel()[axis]; k++) {
            long position = start + k * window.dilations()[axis];
            if (position < limit && (countPadding || position >= 0)) {
                count++;
            }
        }
        return count;
    }
}
