package org.menagerie.conformance.gradient;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.menagerie.graph.TensorType;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Shape;
import org.menagerie.spi.Tensor;

/**
 * An input that gradients are taken with respect to.
 *
 * @param dims its extents as the graph declares them, for example {@code [N,3]}
 * @param shape its extents in the run
 * @param generator draws its elements
 */
record Input(String dims, Shape shape, Generator generator) {
    /** Draws an element. */
    @FunctionalInterface
    interface Generator {
        double next(RandomGenerator random);
    }

    /** Normal elements, with extents declared as numbers. */
    static Input of(long... shape) {
        return new Input(Arrays.toString(shape), new Shape(shape), RandomGenerator::nextGaussian);
    }

    /** Elements on an interval. */
    Input within(double low, double high) {
        return new Input(dims, shape, random -> low + (high - low) * random.nextDouble());
    }

    /** Elements that keep a distance from points where the slope jumps. */
    Input awayFrom(double distance, double... kinks) {
        return new Input(dims, shape, random -> {
            double value = generator.next(random);
            while (tooClose(value, distance, kinks)) {
                value = generator.next(random);
            }
            return value;
        });
    }

    private static boolean tooClose(double value, double distance, double... kinks) {
        return Arrays.stream(kinks).anyMatch(kink -> Math.abs(value - kink) < distance);
    }

    /** Elements all of which differ from each other by at least 1/2, in random order over many draws. */
    Input spaced() {
        int[] order = new java.util.Random(7)
                .ints(0, 1 << 20)
                .distinct()
                .limit(shape.size())
                .toArray();
        int[] sorted = order.clone();
        Arrays.sort(sorted);
        int[] next = {0};
        return new Input(dims, shape, random -> {
            int rank = Arrays.binarySearch(sorted, order[next[0]++ % order.length]);
            return (rank - order.length / 2.0) * 0.5;
        });
    }

    /** The same elements in a graph that declares symbols, for example {@code [N,3]}. */
    Input declared(String symbolicDims) {
        return new Input(symbolicDims, shape, generator);
    }

    /** The same number of axes, each of one extent; symbols stay symbols. */
    Input withExtent(int extent) {
        long[] equal = new long[shape.rank()];
        Arrays.fill(equal, extent);
        return new Input(dims.replaceAll("\\b\\d+\\b", Integer.toString(extent)), new Shape(equal), generator);
    }

    TensorType type(ElementType element) {
        return TensorType.parse(element.shortName() + dims.replace(" ", ""));
    }

    double[] draw(RandomGenerator random) {
        double[] values = new double[(int) shape.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = generator.next(random);
        }
        return values;
    }

    static Tensor tensor(ElementType element, double[] values, Shape shape) {
        Tensor tensor = Tensor.allocate(element, shape);
        for (int i = 0; i < values.length; i++) {
            if (element == ElementType.FLOAT64) {
                tensor.doubles().put(i, values[i]);
            } else {
                tensor.floats().put(i, (float) values[i]);
            }
        }
        return tensor;
    }

    static double[] doubles(Tensor tensor) {
        double[] values = new double[tensor.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = tensor.elementType() == ElementType.FLOAT64
                    ? tensor.doubles().get(i)
                    : tensor.floats().get(i);
        }
        return values;
    }
}
