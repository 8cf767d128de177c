package org.menagerie.graph.layer;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.menagerie.spi.Shape;

/**
 * The standard initializers. Fan-in and fan-out follow the layouts {@code [out, in, kernel...]} of {@code weight}:
 * extent 1 times the kernel's size, and extent 0 times the kernel's size.
 */
public final class Initializers {
    /** The gain that keeps variance through ReLU layers, the square root of two (He 2015, section 2.2). */
    public static final double RELU_GAIN = Math.sqrt(2);

    private Initializers() {}

    public static Initializer constant(double value) {
        return (values, shape, random) -> Arrays.fill(values, (float) value);
    }

    public static Initializer zeros() {
        return constant(0);
    }

    public static Initializer ones() {
        return constant(1);
    }

    public static Initializer normal(double mean, double standardDeviation) {
        return (values, shape, random) -> {
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (mean + standardDeviation * random.nextGaussian());
            }
        };
    }

    /**
     * Normal, but what falls outside of bounds is drawn again. As in PyTorch's {@code trunc_normal_}, the bounds are
     * values, not multiples of the deviation, and the deviation is that of the whole bell.
     */
    public static Initializer truncatedNormal(double mean, double standardDeviation, double low, double high) {
        if (!(standardDeviation > 0 && low < high)) {
            throw new IllegalArgumentException(
                    "A truncated normal needs a positive deviation and bounds in order; found %s in [%s, %s]"
                            .formatted(standardDeviation, low, high));
        }
        double from = (low - mean) / standardDeviation;
        double to = (high - mean) / standardDeviation;
        return (values, shape, random) -> {
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (mean + standardDeviation * truncatedGaussian(from, to, random));
            }
        };
    }

    /** Truncated to ±2, whatever the deviation: the bounds that PyTorch's {@code trunc_normal_} has by default. */
    public static Initializer truncatedNormal(double mean, double standardDeviation) {
        return truncatedNormal(mean, standardDeviation, -2, 2);
    }

    /**
     * A standard normal number between bounds, by rejection: from the whole bell where most of it is inside, else from the
     * uniform distribution (Robert 1995, section 2.2), which is as fast as the bell is flat between the bounds.
     */
    private static double truncatedGaussian(double low, double high, RandomGenerator random) {
        boolean bell = low <= 0 && high >= 0 && high - low > 2.5;
        double peak = low > 0 ? low : Math.min(high, 0);
        while (true) {
            double x = bell ? random.nextGaussian() : low + (high - low) * random.nextDouble();
            boolean kept = bell ? x >= low && x <= high : random.nextDouble() <= Math.exp((peak * peak - x * x) / 2);
            if (kept) {
                return x;
            }
        }
    }

    public static Initializer uniform(double low, double high) {
        return (values, shape, random) -> {
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (low + (high - low) * random.nextDouble());
            }
        };
    }

    /** Normal with variance 2/(fan-in + fan-out) (Glorot 2010, equation 12). */
    public static Initializer xavierNormal() {
        return (values, shape, random) ->
                normal(0, Math.sqrt(2.0 / (fanIn(shape) + fanOut(shape)))).fill(values, shape, random);
    }

    /** Uniform on ±sqrt(6/(fan-in + fan-out)) (Glorot 2010, equation 16). */
    public static Initializer xavierUniform() {
        return (values, shape, random) ->
                symmetric(Math.sqrt(6.0 / (fanIn(shape) + fanOut(shape)))).fill(values, shape, random);
    }

    /**
     * Normal with variance 1/fan-in (LeCun 1998, "Efficient BackProp", equation 16): what some courses and frameworks call
     * Xavier's, where {@link #xavierNormal} is Glorot's own.
     */
    public static Initializer fanInNormal() {
        return (values, shape, random) ->
                normal(0, 1 / Math.sqrt((double) fanIn(shape))).fill(values, shape, random);
    }

    /** Normal with variance 2/fan-in (He 2015, equation 10). */
    public static Initializer heNormal() {
        return (values, shape, random) ->
                normal(0, RELU_GAIN / Math.sqrt((double) fanIn(shape))).fill(values, shape, random);
    }

    /** Normal with variance 2/fan-out, which keeps the variance of gradients instead (He 2015, equation 14). */
    public static Initializer heNormalFanOut() {
        return (values, shape, random) ->
                normal(0, RELU_GAIN / Math.sqrt((double) fanOut(shape))).fill(values, shape, random);
    }

    /** Uniform with variance 2/fan-in (He 2015, equation 10). */
    public static Initializer heUniform() {
        return (values, shape, random) ->
                symmetric(Math.sqrt(6.0 / fanIn(shape))).fill(values, shape, random);
    }

    /** Uniform on ±1/sqrt(fan-in) (LeCun 1998, "Efficient BackProp", section 4.6; what PyTorch's layers start with). */
    public static Initializer fanInUniform() {
        return (values, shape, random) -> fanInUniform(fanIn(shape)).fill(values, shape, random);
    }

    /** Uniform on ±1/sqrt(fan-in) for a bias, whose own shape does not tell its layer's fan-in. */
    public static Initializer fanInUniform(long fanIn) {
        return symmetric(1 / Math.sqrt((double) fanIn));
    }

    /**
     * A random matrix with orthonormal rows or columns, whichever are fewer, times a gain (Saxe 2014, section 3). Axes
     * after the first are taken together.
     */
    public static Initializer orthogonal(double gain) {
        return (values, shape, random) -> orthogonal(values, shape, gain, random);
    }

    /**
     * Each of equal parts along the first axis by an initializer of its own, as of the gates of a recurrent layer, whose
     * matrices lie on each other.
     */
    public static Initializer stacked(List<Initializer> parts) {
        List<Initializer> each = List.copyOf(parts);
        return (values, shape, random) -> {
            if (shape.rank() < 1 || shape.dim(0) % each.size() != 0) {
                throw new IllegalArgumentException(
                        "%d parts do not divide the first axis of %s".formatted(each.size(), shape));
            }
            long[] dims = shape.dims();
            dims[0] /= each.size();
            Shape part = new Shape(dims);
            int size = values.length / each.size();
            for (int i = 0; i < each.size(); i++) {
                float[] drawn = new float[size];
                each.get(i).fill(drawn, part, random);
                System.arraycopy(drawn, 0, values, i * size, size);
            }
        };
    }

    private static Initializer symmetric(double bound) {
        return uniform(-bound, bound);
    }

    private static void orthogonal(float[] values, Shape shape, double gain, RandomGenerator random) {
        int rows = (int) shape.dim(0);
        int columns = values.length / rows;
        int vectors = Math.min(rows, columns);
        int length = Math.max(rows, columns);
        double[][] basis = new double[vectors][length];
        for (int v = 0; v < vectors; v++) {
            for (int i = 0; i < length; i++) {
                basis[v][i] = random.nextGaussian();
            }
            orthonormalize(basis, v);
        }
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                double element = rows <= columns ? basis[row][column] : basis[column][row];
                values[row * columns + column] = (float) (gain * element);
            }
        }
    }

    /** Removes the components along earlier vectors, twice for the sake of rounding, and scales to length one. */
    private static void orthonormalize(double[][] basis, int v) {
        for (int pass = 0; pass < 2; pass++) {
            for (int u = 0; u < v; u++) {
                double projection = dot(basis[u], basis[v]);
                for (int i = 0; i < basis[v].length; i++) {
                    basis[v][i] -= projection * basis[u][i];
                }
            }
        }
        double norm = Math.sqrt(dot(basis[v], basis[v]));
        for (int i = 0; i < basis[v].length; i++) {
            basis[v][i] /= norm;
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static long fanIn(Shape shape) {
        requireWeight(shape);
        return shape.dim(1) * kernelSize(shape);
    }

    private static long fanOut(Shape shape) {
        requireWeight(shape);
        return shape.dim(0) * kernelSize(shape);
    }

    private static long kernelSize(Shape shape) {
        return shape.size() / (shape.dim(0) * shape.dim(1));
    }

    private static void requireWeight(Shape shape) {
        if (shape.rank() < 2 || shape.size() == 0) {
            throw new IllegalArgumentException(
                    "Fan-in and fan-out need a weight [out, in, kernel...]; the parameter is " + shape);
        }
    }
}
