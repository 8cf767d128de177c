package org.menagerie.graph.gradient;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.menagerie.graph.Dim;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Value;
import org.menagerie.graph.operator.Window;

/**
 * The weight gradient of a convolution over two axes with stride 1, without im2col: x is laid down once for each column
 * of the kernel and dy once for each row, shifted as the tap is, and one product of the two gives all taps. That copies
 * kernel-width times x and kernel-height times dy where im2col copies both times x.
 *
 * <p>With q = p + i·dilation − pad, Σₚ dy[o, p]·x[c, p + (i, j)·dilation − pad] = Σ_q (dy shifted down by i·dilation −
 * pad)[o, q]·(x shifted left by j·dilation − pad)[c, q]; what is shifted in is zero.
 */
final class ShiftedProducts {
    private ShiftedProducts() {}

    static boolean fit(Value x, Value dy, Window window, long group) {
        return group == 1
                && window.axes() == 2
                && Arrays.stream(window.strides()).allMatch(stride -> stride == 1)
                && Arrays.stream(window.kernel()).allMatch(k -> k > 1)
                && IntStream.range(1, 4)
                        .allMatch(axis -> x.dim(axis).isFixed() && dy.dim(axis).isFixed());
    }

    /** The gradient, {@code [O, C, kernel...]}. */
    static Value of(GraphBuilder g, Value x, Value dy, Window window) {
        long rows = window.kernel()[0];
        long columns = window.kernel()[1];
        long channels = x.dim(1).value();
        long filters = dy.dim(1).value();
        List<Value> byColumn = new ArrayList<>();
        for (int j = 0; j < columns; j++) {
            byColumn.add(shifted(g, x, 3, window.pads()[1] - j * window.dilations()[1], dy.dim(3)));
        }
        List<Value> byRow = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            byRow.add(shifted(g, dy, 2, i * window.dilations()[0] - window.pads()[0], x.dim(2)));
        }
        Value left = g.reshape(g.concat(1, byColumn), 0, columns * channels, -1);
        Value right = g.reshape(g.concat(1, byRow), 0, rows * filters, -1);
        Value product = g.sum(g.matMul(left, false, right, true), 0);
        return g.transpose(g.reshape(product, columns, channels, rows, filters), 3, 1, 2, 0);
    }

    /** A value moved along an axis by an offset, cut or filled with zeros to an extent. */
    private static Value shifted(GraphBuilder g, Value value, int axis, long offset, Dim extent) {
        long rest = extent.value() - value.dim(axis).value() - offset;
        if (offset == 0 && rest == 0) {
            return value;
        }
        long[] pads = new long[8];
        pads[axis] = offset;
        pads[axis + 4] = rest;
        return g.pad(value, 0, pads);
    }
}
