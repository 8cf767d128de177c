package org.menagerie.graph.gradient;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.menagerie.graph.Attributes;
import org.menagerie.graph.Dim;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Value;
import org.menagerie.graph.operator.Window;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;

/**
 * The gradient of a convolution's weight: dW[o, c, k] = Σ over batch and places p of dy[n, o, p] · x[n, c, p·stride +
 * k·dilation − pad].
 */
final class WeightGradient {
    /** Up to this many input channels, a convolution over the batch axis beats im2col on the CPU. */
    private static final long VERY_FEW_CHANNELS = 6;

    /** Up to this many, it beats shifted products, and im2col of windows that do not overlap. */
    private static final long ONE_OR_TWO = 2;

    private WeightGradient() {}

    /**
     * Adds the gradient.
     *
     * @param x what the convolution slides over, {@code [N, C, spatial...]}
     * @param dy the gradient of what it gives, {@code [N, O, places...]}
     * @param weight {@code [O, C/group, kernel...]}
     */
    static Value of(GraphBuilder g, Value x, Value dy, Value weight, Window window, long group) {
        boolean pointwise = Arrays.stream(window.kernel()).allMatch(k -> k == 1)
                && Arrays.stream(window.strides()).allMatch(s -> s == 1)
                && Arrays.stream(window.pads()).allMatch(p -> p == 0);
        boolean fixedPlaces =
                IntStream.range(2, dy.rank()).allMatch(axis -> dy.dim(axis).isFixed());
        if (pointwise) {
            return products(g, x, dy, weight, group);
        }
        boolean shifted = ShiftedProducts.fit(x, dy, window, group);
        boolean apart = IntStream.range(0, window.axes()).allMatch(axis -> window.strides()[axis] >= window.span(axis));
        long few = shifted || apart ? ONE_OR_TWO : VERY_FEW_CHANNELS;
        boolean fewChannels = !x.dim(1).isFixed() || x.dim(1).value() <= few;
        if (group == 1 && fixedPlaces && fewChannels) {
            return overBatch(g, x, dy, window);
        }
        if (shifted) {
            return ShiftedProducts.of(g, x, dy, window);
        }
        return products(g, columns(g, x, window), dy, weight, group);
    }

    /**
     * Whether each of a convolution's groups has more filters than its result has places: then on the CPU what is done
     * once a weight costs more than what is done once a place, channel and tap.
     */
    static boolean heavy(Value dy, long group) {
        Dim places = dy.type().size(2, dy.rank());
        return places.isFixed() && dy.dim(1).isFixed() && dy.dim(1).value() / group > places.value();
    }

    /** Exchanging batch and channels makes dy the kernel: its stride is the window's dilation, and the reverse. */
    private static Value overBatch(GraphBuilder g, Value x, Value dy, Window window) {
        int[] exchange =
                IntStream.range(0, x.rank()).map(i -> i < 2 ? 1 - i : i).toArray();
        long[] pads = withoutRest(x, dy, window);
        Attributes attributes = Attributes.of("strides", window.dilations())
                .with("dilations", window.strides())
                .with("pads", pads);
        Value product = g.op("Conv", attributes, g.transpose(x, exchange), g.transpose(dy, exchange));
        for (int axis = 0; axis < window.axes(); axis++) {
            if (!product.dim(axis + 2).is(window.kernel()[axis])) {
                product = g.slice(product, axis + 2, 0, window.kernel()[axis]);
            }
        }
        return g.transpose(product, exchange);
    }

    /** The padding, less at the end of an axis by what no window reached. */
    private static long[] withoutRest(Value x, Value dy, Window window) {
        long[] pads = window.pads().clone();
        for (int axis = 0; axis < window.axes(); axis++) {
            int end = axis + window.axes();
            if (x.dim(axis + 2).isFixed()) {
                long padded = x.dim(axis + 2).value() + pads[axis] + pads[end];
                long reached = (dy.dim(axis + 2).value() - 1) * window.strides()[axis] + window.span(axis);
                pads[end] = Math.max(0, pads[end] - (padded - reached));
            }
        }
        return pads;
    }

    /**
     * im2col as a depthwise convolution with one-hot kernels: every tap of every channel becomes a channel of its own.
     *
     * @return {@code [N, C·taps, places...]}
     */
    private static Value columns(GraphBuilder g, Value x, Window window) {
        int channels = (int) x.dim(1).value();
        int taps = (int) Arrays.stream(window.kernel()).reduce(1, Math::multiplyExact);
        long[] shape = LongStream.concat(LongStream.of((long) channels * taps, 1), Arrays.stream(window.kernel()))
                .toArray();
        Tensor oneHot = Tensor.allocate(ElementType.FLOAT32, shape);
        for (int row = 0; row < channels * taps; row++) {
            oneHot.floats().put(row * taps + row % taps, 1);
        }
        Attributes attributes = Attributes.of("kernel_shape", window.kernel())
                .with("strides", window.strides())
                .with("dilations", window.dilations())
                .with("pads", window.pads())
                .with("group", channels);
        return g.op("Conv", attributes, x, g.cast(g.constant(oneHot), x.element()));
    }

    /** One product an example and group, summed over the batch. */
    private static Value products(GraphBuilder g, Value columns, Value dy, Value weight, long group) {
        long rows = columns.dim(1).value() / group;
        long filters = dy.dim(1).value() / group;
        Value product;
        if (group == 1) {
            Value left = g.reshape(columns, 0, rows, -1);
            Value right = g.reshape(dy, 0, filters, -1);
            product = g.transpose(g.sum(g.matMul(left, false, right, true), 0), 1, 0);
        } else {
            Value left = g.reshape(columns, 0, group, rows, -1);
            Value right = g.reshape(dy, 0, group, filters, -1);
            product = g.transpose(g.sum(g.matMul(left, false, right, true), 0), 0, 2, 1);
        }
        return g.reshape(product, weight.type().shape().dims());
    }
}
