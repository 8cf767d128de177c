package org.menagerie.vision;

import java.util.function.DoubleUnaryOperator;

/**
 * For each resized pixel along one axis, the original pixels it is mixed from and their weights.
 *
 * <p>Weights are integers of {@value #BITS} fractional bits and rounding is PIL's ({@code Resample.c}), so that resized
 * bytes equal PIL's.
 *
 * @param first the first original pixel of each resized one
 * @param count how many follow, itself included
 * @param weights {@code stride} weights for each resized pixel, of which {@code count} are set
 * @param stride the most pixels that one is mixed from
 */
record Taps(int[] first, int[] count, int[] weights, int stride) {
    static final int BITS = 22;
    static final int HALF = 1 << (BITS - 1);

    /**
     * The taps of some resized pixels.
     *
     * @param size original pixels along the axis
     * @param resized resized pixels along the axis
     * @param from the first resized pixel that is wanted
     * @param wanted how many are
     */
    static Taps of(Filter filter, boolean antialias, int size, int resized, int from, int wanted) {
        if (size == resized || filter == Filter.NEAREST) {
            return nearest(size, resized, from, wanted);
        }
        if (filter == Filter.AREA && resized < size) {
            return area(size, resized, from, wanted);
        }
        double scale = (double) size / resized;
        double stretch = antialias ? Math.max(scale, 1) : 1;
        boolean cubic = filter == Filter.BICUBIC;
        DoubleUnaryOperator kernel = cubic ? Taps::cubic : Taps::triangle;
        double support = (cubic ? 2 : 1) * stretch;
        int stride = (int) Math.ceil(support) * 2 + 1;
        Taps taps = new Taps(new int[wanted], new int[wanted], new int[wanted * stride], stride);
        double[] line = new double[stride];
        for (int i = 0; i < wanted; i++) {
            double center = (from + i + 0.5) * scale;
            int low = (int) Math.floor(center - support + 0.5);
            int high = (int) Math.floor(center + support + 0.5);
            int first = Math.max(0, low);
            int count = Math.min(size, high) - first;
            java.util.Arrays.fill(line, 0);
            for (int k = antialias ? first : low; k < (antialias ? first + count : high); k++) {
                // PIL leaves out what lies beyond the edge; PyTorch and OpenCV repeat the edge pixel.
                int at = Math.min(Math.max(k, first), first + count - 1) - first;
                line[at] += kernel.applyAsDouble((k - center + 0.5) / stretch);
            }
            taps.set(i, first, count, line);
        }
        return taps;
    }

    private static Taps nearest(int size, int resized, int from, int wanted) {
        Taps taps = new Taps(new int[wanted], new int[wanted], new int[wanted], 1);
        double scale = (double) size / resized;
        for (int i = 0; i < wanted; i++) {
            taps.set(i, Math.min(size - 1, (int) ((from + i + 0.5) * scale)), 1, new double[] {1});
        }
        return taps;
    }

    private static Taps area(int size, int resized, int from, int wanted) {
        double scale = (double) size / resized;
        int stride = (int) Math.ceil(scale) + 1;
        Taps taps = new Taps(new int[wanted], new int[wanted], new int[wanted * stride], stride);
        double[] line = new double[stride];
        for (int i = 0; i < wanted; i++) {
            double low = (from + i) * scale;
            double high = Math.min(size, low + scale);
            int first = (int) low;
            int count = Math.min(size, (int) Math.ceil(high)) - first;
            for (int k = 0; k < count; k++) {
                line[k] = Math.max(0, Math.min(high, first + k + 1) - Math.max(low, first + k));
            }
            taps.set(i, first, count, line);
        }
        return taps;
    }

    private void set(int i, int firstPixel, int pixels, double[] line) {
        first[i] = firstPixel;
        count[i] = pixels;
        double sum = 0;
        for (int k = 0; k < pixels; k++) {
            sum += line[k];
        }
        for (int k = 0; k < pixels; k++) {
            double weight = line[k] / sum * (1 << BITS);
            weights[i * stride + k] = (int) (weight < 0 ? weight - 0.5 : weight + 0.5);
        }
    }

    private static double triangle(double x) {
        return Math.max(0, 1 - Math.abs(x));
    }

    private static double cubic(double x) {
        double a = -0.5;
        double d = Math.abs(x);
        if (d < 1) {
            return ((a + 2) * d - (a + 3)) * d * d + 1;
        }
        return d < 2 ? (((d - 5) * d + 8) * d - 4) * a : 0;
    }

    /** The sample of a sum of weighted samples, begun at {@link #HALF}. */
    static int clip(int sum) {
        return Math.min(Math.max(sum >> BITS, 0), 255);
    }
}
