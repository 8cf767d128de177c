package org.menagerie.spi;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The concrete extent of a tensor along each axis; no axes for a scalar. Immutable.
 *
 * @param dims the extents, each zero or more
 */
public record Shape(long... dims) {
    /** The shape of a scalar. */
    public static final Shape SCALAR = new Shape();

    public Shape {
        dims = dims.clone();
        for (long dim : dims) {
            if (dim < 0) {
                throw new IllegalArgumentException("Shape " + Arrays.toString(dims) + " has a negative dimension");
            }
        }
    }

    @Override
    public long[] dims() {
        return dims.clone();
    }

    /** The number of axes. */
    public int rank() {
        return dims.length;
    }

    /** The extent along an axis; a negative axis counts from the last. */
    public long dim(int axis) {
        return dims[axis < 0 ? axis + dims.length : axis];
    }

    /** The number of elements: the product of all extents. */
    public long size() {
        long size = 1;
        for (long dim : dims) {
            size = Math.multiplyExact(size, dim);
        }
        return size;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape shape && Arrays.equals(dims, shape.dims);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(dims);
    }

    /** For example {@code [1,3,224,224]}; {@code []} for a scalar. */
    @Override
    public String toString() {
        return Arrays.stream(dims).mapToObj(Long::toString).collect(Collectors.joining(",", "[", "]"));
    }
}
