package org.menagerie.text.generation;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Network.TensorInfo;
import org.menagerie.spi.Shape;
import org.menagerie.spi.Tensor;
import org.menagerie.spi.ZooException;

/**
 * One state of all rows, in two buffers that change places after each step: the network reads one and writes the other.
 *
 * <p>A state of fixed extents is allocated once. The buffers of a cache, whose time axis grows, are replaced by larger ones
 * when they are full, by half as much again, so that the cost per token does not depend on the length.
 */
final class StateBank {
    private final TensorInfo info;
    private final int rows;
    private final long[] extents;
    private final boolean grows;
    private ByteBuffer current;
    private ByteBuffer spare = empty();
    private long[] written = new long[0];

    /**
     * A state of so many rows at most.
     *
     * @param first what the first rows start from; null for zeros, and for caches without an element
     */
    StateBank(TensorInfo info, int rows, @org.jspecify.annotations.Nullable Tensor first) {
        this.info = info;
        this.rows = rows;
        List<String> dims = info.dims();
        this.extents = new long[dims.size()];
        boolean symbolic = false;
        for (int axis = 1; axis < extents.length; axis++) {
            int extent = StepSignature.extent(dims.get(axis));
            symbolic |= extent < 0;
            extents[axis] = first != null ? extent(first, axis) : Math.max(0, extent);
        }
        this.grows = symbolic;
        if (first != null && first.elementType() != info.elementType()) {
            throw new ZooException(
                    "The state '%s' starts as %s; the step network takes %s".formatted(info.name(), first, info));
        }
        this.current = buffer(rows * rowBytes(extents));
        if (first != null) {
            current.put(0, first.bytes(), 0, first.bytes().capacity());
        }
    }

    private long extent(Tensor first, int axis) {
        if (first.shape().rank() != extents.length) {
            throw new ZooException(
                    "The state '%s' starts as %s; the step network takes %s".formatted(info.name(), first, info));
        }
        return first.shape().dim(axis);
    }

    String name() {
        return info.name();
    }

    /** The state of the first rows. */
    Tensor read(int count) {
        return view(current, count, extents);
    }

    /** Where the network writes the next state of the first rows. */
    Tensor next(int count) {
        written = extents.clone();
        for (int axis = 1; axis < written.length; axis++) {
            if (StepSignature.extent(info.dims().get(axis)) < 0) {
                written[axis] += growth[axis];
            }
        }
        reserve(rows * rowBytes(written));
        return view(spare, count, written);
    }

    private long[] growth = new long[0];

    /** Takes what the network returned for the first rows, and learns from it by how much each axis grows. */
    void take(Tensor returned) {
        written = returned.shape().dims();
        growth = new long[written.length];
        for (int axis = 1; axis < written.length; axis++) {
            growth[axis] = written[axis] - extents[axis];
        }
        reserve(rows * rowBytes(written));
        spare.put(0, returned.bytes(), 0, returned.bytes().capacity());
        swap();
    }

    /** Whether {@link #take} has told how the axes grow, or none does. */
    boolean foretold() {
        return !grows || growth.length > 0;
    }

    /** Makes what was written the state. */
    void swap() {
        ByteBuffer before = current;
        current = spare;
        spare = before;
        System.arraycopy(written, 0, extents, 0, extents.length);
    }

    /** Copies a row over another. */
    void copy(int from, int to) {
        int bytes = (int) rowBytes(extents);
        current.put(to * bytes, current, from * bytes, bytes);
    }

    private void reserve(long bytes) {
        if (spare.capacity() < bytes) {
            spare = buffer(grows ? bytes + bytes / 2 : bytes);
        }
    }

    private long rowBytes(long[] dims) {
        return Arrays.stream(dims).skip(1).reduce(info.elementType().bytes(), Math::multiplyExact);
    }

    private ByteBuffer buffer(long bytes) {
        if (bytes > Integer.MAX_VALUE) {
            throw new ZooException(
                    "The state '%s' of %d rows needs %,d bytes, more than one buffer holds; give fewer inputs, a narrower beam or a smaller maxLength"
                            .formatted(info.name(), rows, bytes));
        }
        return ByteBuffer.allocateDirect((int) bytes).order(ByteOrder.nativeOrder());
    }

    private static ByteBuffer empty() {
        return ByteBuffer.allocateDirect(0);
    }

    private Tensor view(ByteBuffer buffer, int count, long[] dims) {
        long[] shape = dims.clone();
        shape[0] = count;
        ElementType type = info.elementType();
        return Tensor.wrap(type, new Shape(shape), buffer.slice(0, (int) (count * rowBytes(dims))));
    }
}
