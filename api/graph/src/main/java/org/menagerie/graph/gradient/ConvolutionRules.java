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

/**
 * Convolution and its transpose: each is the other's gradient with respect to its input, and both weights have the same
 * gradient with the parts of input and output exchanged.
 */
final class ConvolutionRules {
    /** With fewer input channels, or with heavy weights, the transposed convolution beats the flipped one on the CPU. */
    private static final long FEW_CHANNELS = 4;

    static final Map<String, Rule> RULES = Map.ofEntries(
            entry("Conv", Rule.of(ConvolutionRules::conv)),
            entry("ConvTranspose", Rule.of(ConvolutionRules::convTranspose)));

    private ConvolutionRules() {}

    private static List<Dim> spatial(Value value) {
        return value.type().dims().subList(2, value.rank());
    }

    private static long[] kernel(Value weight) {
        return spatial(weight).stream().mapToLong(Dim::value).toArray();
    }

    private static @Nullable Value biasGradient(GraphBuilder g, Node n, Value dy) {
        return n.has(2)
                ? g.sum(
                        dy,
                        IntStream.range(0, dy.rank()).filter(axis -> axis != 1).toArray())
                : null;
    }

    private static List<@Nullable Value> conv(GraphBuilder g, Node n, Value dy) {
        Value weight = n.in(1);
        long group = n.attributes().getInt("group", 1);
        Value x = withChannels(g, n.in(0), weight.dim(1).times(group));
        Window window = resolved(n, x, weight);
        boolean unit = Arrays.stream(window.strides()).allMatch(stride -> stride == 1);
        boolean padsFit =
                IntStream.range(0, 2 * window.axes()).allMatch(i -> window.pads()[i] < window.span(i % window.axes()));
        boolean many = x.dim(1).isFixed() && x.dim(1).value() / group >= FEW_CHANNELS;
        boolean flipped = unit && padsFit && many && !WeightGradient.heavy(dy, group);
        Value dx = flipped
                ? flippedConvolution(g, dy, weight, window, group)
                : transposedConvolution(g, dy, x, weight, window, group);
        return grads(dx, WeightGradient.of(g, x, dy, weight, window, group), biasGradient(g, n, dy));
    }

    private static Window resolved(Node n, Value x, Value weight) {
        Window window = Window.of(n.attributes(), kernel(weight));
        return new Window(
                window.kernel(), window.strides(), window.dilations(), window.padsFor(spatial(x)), "NOTSET", false);
    }

    private static Attributes attributes(Window window, long group) {
        return Attributes.of("kernel_shape", window.kernel())
                .with("strides", window.strides())
                .with("dilations", window.dilations())
                .with("pads", window.pads())
                .with("group", group);
    }

    /** A convolution of dy with the weight's channels exchanged and its kernel reversed; for stride 1. */
    private static Value flippedConvolution(GraphBuilder g, Value dy, Value weight, Window window, long group) {
        long filters = weight.dim(0).value() / group;
        long channels = weight.dim(1).value();
        long taps = Arrays.stream(window.kernel()).reduce(1, Math::multiplyExact);
        Value split = g.reshape(weight, group, filters, channels, taps);
        long[] backwards =
                IntStream.range(0, (int) taps).mapToLong(i -> taps - 1 - i).toArray();
        Value reversed = taps == 1 ? split : g.gather(split, g.longs(backwards), 3);
        long[] shape = new long[2 + window.axes()];
        shape[0] = group * channels;
        shape[1] = filters;
        System.arraycopy(window.kernel(), 0, shape, 2, window.axes());
        Value exchanged = g.reshape(g.transpose(reversed, 0, 2, 1, 3), shape);
        long[] pads = IntStream.range(0, 2 * window.axes())
                .mapToLong(i -> window.span(i % window.axes()) - 1 - window.pads()[i])
                .toArray();
        return g.op("Conv", attributes(window, group).with("pads", pads), dy, exchanged);
    }

    /** The transposed convolution, lengthened where the forward windows left a rest at the end of an axis. */
    private static Value transposedConvolution(
            GraphBuilder g, Value dy, Value x, Value weight, Window window, long group) {
        Attributes attributes = attributes(window, group);
        if (spatial(x).stream().allMatch(Dim::isFixed)) {
            long[] rest = IntStream.range(0, window.axes())
                    .mapToLong(axis -> x.dim(axis + 2).value() - reach(dy, window, axis))
                    .toArray();
            boolean even = Arrays.stream(rest).allMatch(r -> r == 0);
            return g.op("ConvTranspose", even ? attributes : attributes.with("output_padding", rest), dy, weight);
        }
        return cut(g, g.op("ConvTranspose", uncut(attributes, window), dy, weight), x);
    }

    /** Attributes whose result reaches at least as far as any input with these windows: no end is cut off. */
    static Attributes uncut(Attributes attributes, Window window) {
        long[] pads = window.pads().clone();
        Arrays.fill(pads, window.axes(), 2 * window.axes(), 0);
        long[] longest =
                Arrays.stream(window.strides()).map(stride -> stride - 1).toArray();
        return attributes.with("pads", pads).with("output_padding", longest);
    }

    /** Cut to the spatial extents that another value has. */
    static Value cut(GraphBuilder g, Value longer, Value x) {
        long[] axes = IntStream.range(2, x.rank()).asLongStream().toArray();
        Value ends = g.op("Shape", Attributes.of("start", 2), x);
        return g.op("Slice", longer, g.longs(new long[axes.length]), ends, g.longs(axes));
    }

    private static long reach(Value dy, Window window, int axis) {
        return (dy.dim(axis + 2).value() - 1) * window.strides()[axis]
                + window.span(axis)
                - window.pads()[axis]
                - window.pads()[axis + window.axes()];
    }

    /** A value whose channels inference lost, as behind a computed resize: the weight tells their number. */
    private static Value withChannels(GraphBuilder g, Value x, Dim channels) {
        if (x.dim(1).isFixed() || !channels.isFixed()) {
            return x;
        }
        long[] shape = new long[x.rank()]; // Zeros copy the value's own extents.
        shape[1] = channels.value();
        return g.reshape(x, shape);
    }

    /** The window of a transposed convolution whose pads follow from the shape that its output must have. */
    private static Window ofShape(Node n, Value x, Value weight) {
        Window window = Window.of(n.attributes(), kernel(weight));
        long[] shape = n.attributes().getInts("output_shape");
        long[] padding = n.attributes().getInts("output_padding", new long[window.axes()]);
        long[] pads = new long[2 * window.axes()];
        for (int axis = 0; axis < window.axes(); axis++) {
            long whole = (x.dim(axis + 2).value() - 1) * window.strides()[axis] + padding[axis] + window.span(axis);
            long cut = whole - shape[shape.length - window.axes() + axis];
            if (cut < 0 || cut % 2 != 0) {
                throw new GraphException(
                        n + ": no gradient with this 'output_shape'; give 'pads' and 'output_padding' instead");
            }
            pads[axis] = cut / 2;
            pads[axis + window.axes()] = cut / 2;
        }
        return new Window(window.kernel(), window.strides(), window.dilations(), pads, "NOTSET", false);
    }

    private static List<@Nullable Value> convTranspose(GraphBuilder g, Node n, Value dy) {
        Value weight = n.in(1);
        Value x = withChannels(g, n.in(0), weight.dim(0));
        Window window = n.attributes().has("output_shape") ? ofShape(n, x, weight) : resolved(n, n.out(), weight);
        long group = n.attributes().getInt("group", 1);
        Value dx = g.op("Conv", attributes(window, group), dy, weight);
        return grads(dx, WeightGradient.of(g, dy, x, weight, window, group), biasGradient(g, n, dy));
    }
}
