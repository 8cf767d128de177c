package org.menagerie.graph.gradient;

import static org.menagerie.graph.gradient.Rule.grads;

import java.util.Arrays;
import java.util.List;
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

/** The gradient of average pooling: every element gets its share of the gradient of each window that it lies in. */
final class AveragePoolGradient {
    private AveragePoolGradient() {}

    /** dy shared by the elements of its window. */
    static List<@Nullable Value> of(GraphBuilder g, Node n, Value dy) {
        Value x = n.in(0);
        Window window = PoolingRules.window(n);
        boolean fixed = x.type().dims().stream().skip(2).allMatch(Dim::isFixed);
        if (window.isDisjoint() && window.fills(x.type().dims())) {
            return grads(repeated(g, g.mul(dy, 1.0 / taps(window)), x, window));
        }
        if (fixed) {
            return grads(spread(g, n, dy, x, window));
        }
        if (window.ceil() || !window.autoPad().equals("NOTSET")) {
            throw new GraphException(
                    n + ": no gradient for ceil mode or automatic padding over a symbolic extent; state the pads");
        }
        return grads(spreadOverSymbols(g, n, dy, x, window));
    }

    private static long taps(Window window) {
        return Arrays.stream(window.kernel()).reduce(1, Math::multiplyExact);
    }

    /**
     * The same where the extents are known in a run only: how much of each window lies inside is itself an average, that
     * of ones among padding; what the transposed convolution has too much at the ends is cut off.
     */
    private static Value spreadOverSymbols(GraphBuilder g, Node n, Value dy, Value x, Window window) {
        Value shares = g.mul(dy, 1.0 / taps(window));
        boolean padded = Arrays.stream(window.pads()).anyMatch(pad -> pad > 0);
        if (padded && !n.attributes().getFlag("count_include_pad")) {
            Value ones = g.fullLike(x, 1);
            shares = g.div(shares, g.op("AveragePool", n.attributes().with("count_include_pad", true), ones));
        }
        Value places = g.op("Shape", Attributes.of("start", 2), dy);
        Value oneChannel = g.reshape(shares, g.concat(0, List.of(g.longs(-1, 1), places)));
        Value whole = g.op(
                "ConvTranspose", ConvolutionRules.uncut(attributes(window), window), oneChannel, ones(g, dy, window));
        return g.reshapeLike(ConvolutionRules.cut(g, whole, x), x);
    }

    private static Attributes attributes(Window window) {
        return Attributes.of("strides", window.strides())
                .with("dilations", window.dilations())
                .with("pads", window.pads());
    }

    /** The kernel of a convolution that sums its window. */
    private static Value ones(GraphBuilder g, Value dy, Window window) {
        long[] shape = new long[window.axes() + 2];
        shape[0] = 1;
        shape[1] = 1;
        System.arraycopy(window.kernel(), 0, shape, 2, window.axes());
        Tensor kernel = Tensor.allocate(ElementType.FLOAT32, shape);
        for (int i = 0; i < kernel.size(); i++) {
            kernel.floats().put(i, 1);
        }
        return g.cast(g.constant(kernel), dy.element());
    }

    /**
     * Every element repeated over its window, for disjoint windows. Where it can be had, {@code Resize} to the nearest
     * element does it: on the CPU {@code Expand} of short inner axes takes ten times as long.
     */
    private static Value repeated(GraphBuilder g, Value dy, Value x, Window window) {
        int axes = window.axes();
        if (x.element() == ElementType.FLOAT32) {
            float[] scales = new float[axes + 2];
            Arrays.fill(scales, 1);
            for (int axis = 0; axis < axes; axis++) {
                scales[axis + 2] = window.kernel()[axis];
            }
            Attributes nearest = Attributes.of("mode", "nearest")
                    .with("coordinate_transformation_mode", "asymmetric")
                    .with("nearest_mode", "floor");
            Value larger = g.op("Resize", nearest, dy, null, g.constant(Tensor.of(scales, axes + 2)));
            return g.reshapeLike(larger, x);
        }
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
        long[] oneChannel = new long[axes + 2];
        oneChannel[0] = -1;
        oneChannel[1] = 1;
        System.arraycopy(places, 0, oneChannel, 2, axes);
        Attributes attributes = Attributes.of("strides", window.strides()).with("dilations", window.dilations());
        Value whole = g.op("ConvTranspose", attributes, g.reshape(shares, oneChannel), ones(g, dy, window));
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
