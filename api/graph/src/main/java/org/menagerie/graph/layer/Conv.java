package org.menagerie.graph.layer;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a convolution. One number for an axis-wise setting means the same along every spatial axis.
 *
 * @param kernel extent of the kernel along each spatial axis
 * @param filters output channels
 * @param stride step along each axis
 * @param padding zeros before and after each axis
 * @param dilation distance of the kernel's taps along each axis
 * @param outputPadding of a transposed convolution: extra elements at the end of each axis
 * @param groups channel groups that do not mix
 * @param bias whether a bias is added
 * @param initializer of the weight
 * @param biasInitializer of the bias; null for uniform on ±1/sqrt(fan-in)
 */
public record Conv(
        int[] kernel,
        int filters,
        int[] stride,
        int[] padding,
        int[] dilation,
        int[] outputPadding,
        int groups,
        boolean bias,
        Initializer initializer,
        @Nullable Initializer biasInitializer) {
    public Conv {
        if (Arrays.stream(kernel).anyMatch(k -> k < 1) || filters < 0 || groups < 1) {
            throw new IllegalArgumentException("Convolution with kernel %s, %d filters and %d groups is not possible"
                    .formatted(Arrays.toString(kernel), filters, groups));
        }
    }

    /** A square kernel over two axes. */
    public static Conv kernel(int size) {
        return kernelOf(size, size);
    }

    /** A kernel with its extent along each spatial axis. */
    public static Conv kernelOf(int... kernel) {
        int axes = kernel.length;
        return new Conv(
                kernel.clone(),
                0,
                filled(axes, 1),
                filled(axes, 0),
                filled(axes, 1),
                filled(axes, 0),
                1,
                true,
                Initializers.fanInUniform(),
                null);
    }

    private static int[] filled(int n, int value) {
        return IntStream.generate(() -> value).limit(n).toArray();
    }

    public Conv filters(int count) {
        return new Conv(
                kernel, count, stride, padding, dilation, outputPadding, groups, bias, initializer, biasInitializer);
    }

    public Conv stride(int step) {
        return new Conv(
                kernel,
                filters,
                all(step),
                padding,
                dilation,
                outputPadding,
                groups,
                bias,
                initializer,
                biasInitializer);
    }

    public Conv pad(int zeros) {
        return new Conv(
                kernel,
                filters,
                stride,
                all(zeros),
                dilation,
                outputPadding,
                groups,
                bias,
                initializer,
                biasInitializer);
    }

    public Conv dilation(int distance) {
        return new Conv(
                kernel,
                filters,
                stride,
                padding,
                all(distance),
                outputPadding,
                groups,
                bias,
                initializer,
                biasInitializer);
    }

    public Conv outputPadding(int extra) {
        return new Conv(
                kernel, filters, stride, padding, dilation, all(extra), groups, bias, initializer, biasInitializer);
    }

    public Conv groups(int count) {
        return new Conv(
                kernel, filters, stride, padding, dilation, outputPadding, count, bias, initializer, biasInitializer);
    }

    public Conv noBias() {
        return new Conv(
                kernel, filters, stride, padding, dilation, outputPadding, groups, false, initializer, biasInitializer);
    }

    public Conv init(Initializer other) {
        return new Conv(
                kernel, filters, stride, padding, dilation, outputPadding, groups, bias, other, biasInitializer);
    }

    /** How the bias starts, for example {@code Initializers.constant(0.01)}. */
    public Conv biasInit(Initializer other) {
        return new Conv(kernel, filters, stride, padding, dilation, outputPadding, groups, bias, initializer, other);
    }

    private int[] all(int value) {
        return filled(kernel.length, value);
    }
}
