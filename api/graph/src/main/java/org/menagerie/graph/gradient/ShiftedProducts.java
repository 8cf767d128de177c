package org.menagerie.graph.gradient;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.menagerie.graph.Dim;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Value;
import org.menagerie.graph.operator.Window;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;

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
            byColumn.add(toTheRight(g, x, window.pads()[1] - j * window.dilations()[1], dy.dim(3)));
        }
        List<Value> byRow = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            byRow.add(down(g, dy, i * window.dilations()[0] - window.pads()[0], x.dim(2)));
        }
        // Taps go right behind their channels: then the transposition moves blocks, up to four times as fast as
        // elements.
        long places = x.dim(2).value() * dy.dim(3).value();
        Value left = g.reshape(g.concat(2, byRow), 0, filters * rows, places);
        Value right = g.reshape(g.concat(2, byColumn), 0, channels * columns, places);
        Value product = WeightGradient.heavy(dy, 1)
                ? g.matMul(batchInRows(g, left), false, batchInRows(g, right), true)
                : g.sum(g.matMul(left, false, right, true), 0);
        // The axis of extent 1 stops ONNX Runtime from moving the transposition behind the optimizer's nodes, where it
        // would be done twice.
        Value apart = g.transpose(g.reshape(product, filters, rows, channels, columns, 1), 0, 2, 1, 3, 4);
        return g.reshape(apart, filters, channels, rows, columns);
    }

    /** {@code [N, R, P]} as {@code [R, N·P]}: one product sums over examples and places, with no sum of large matrices. */
    private static Value batchInRows(GraphBuilder g, Value planes) {
        return g.reshape(g.transpose(planes, 1, 0, 2), planes.dim(1).value(), -1);
    }

    /** Planes moved down by some rows, cut or filled with zeros to a height: {@code [N, O, height·W]}. */
    private static Value down(GraphBuilder g, Value dy, long offset, Dim height) {
        long width = dy.dim(3).value();
        long rest = height.value() - dy.dim(2).value() - offset;
        return g.padAxis(g.reshape(dy, 0, dy.dim(1).value(), -1), 2, offset * width, rest * width);
    }

    /**
     * Planes moved to the right by some columns, cut or filled with zeros to a width: {@code [N, C, H·width]}.
     *
     * <p>Where the width stays, each example moves as one line, several times as fast as its rows one by one, and a mask
     * clears what came round from the neighbouring rows.
     */
    private static Value toTheRight(GraphBuilder g, Value x, long offset, Dim width) {
        long channels = x.dim(1).value();
        if (offset == 0 || !x.dim(3).is(width.value())) {
            long rest = width.value() - x.dim(3).value() - offset;
            return g.reshape(g.padAxis(x, 3, offset, rest), 0, channels, -1);
        }
        long plane = x.dim(2).value() * width.value();
        Value line = g.padAxis(g.reshape(x, 0, channels * plane), 1, offset, -offset);
        Tensor mask = Tensor.allocate(ElementType.FLOAT32, plane);
        for (int i = 0; i < plane; i++) {
            long from = i % width.value() - offset;
            mask.floats().put(i, from >= 0 && from < width.value() ? 1 : 0);
        }
        return g.mul(g.reshape(line, 0, channels, plane), g.cast(g.constant(mask), x.element()));
    }
}
