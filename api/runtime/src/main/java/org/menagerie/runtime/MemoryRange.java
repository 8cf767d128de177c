package org.menagerie.runtime;

import java.nio.ByteBuffer;
import java.util.Map;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Tensor;

/**
 * The memory of a tensor, to tell whether two tensors share any.
 *
 * @param bytes the memory
 * @param low its address modulo {@link #WINDOW}: as much as Java tells
 */
record MemoryRange(ByteBuffer bytes, int low) {
    /** The largest unit that {@link ByteBuffer#alignmentOffset} takes. */
    private static final int WINDOW = 1 << 30;

    static MemoryRange of(Tensor tensor) {
        ByteBuffer bytes = tensor.bytes();
        return new MemoryRange(bytes, bytes.alignmentOffset(0, WINDOW));
    }

    /**
     * Requires that no output shares memory with an input or another output: ONNX Runtime would overwrite the one while
     * it reads the other, without an error.
     */
    static void requireDisjoint(Map<String, PinnedTensor> inputs, Map<String, PinnedTensor> outputs) {
        for (Map.Entry<String, PinnedTensor> output : outputs.entrySet()) {
            for (Map.Entry<String, PinnedTensor> input : inputs.entrySet()) {
                if (output.getValue().memory().overlaps(input.getValue().memory())) {
                    throw new InvalidInputException(
                            "Output '%s' shares memory with input '%s'; give each its own buffer and swap them after the run"
                                    .formatted(output.getKey(), input.getKey()));
                }
            }
            for (Map.Entry<String, PinnedTensor> other : outputs.entrySet()) {
                if (!other.getKey().equals(output.getKey())
                        && output.getValue().memory().overlaps(other.getValue().memory())) {
                    throw new InvalidInputException(
                            "Output '%s' shares memory with output '%s'; give each its own buffer"
                                    .formatted(output.getKey(), other.getKey()));
                }
            }
        }
    }

    /** Whether writing here shows there. This range may be written meanwhile, and is left as it was. */
    boolean overlaps(MemoryRange other) {
        int size = bytes.capacity();
        int otherSize = other.bytes.capacity();
        if (size == 0 || otherSize == 0) {
            return false;
        }
        // Most pairs end here: the distance in either direction, modulo the window, is past the other's end.
        int ahead = (other.low - low) & (WINDOW - 1);
        int behind = (low - other.low) & (WINDOW - 1);
        if (ahead >= size && behind >= otherSize) {
            return false;
        }
        for (long offset = ahead; offset < size; offset += WINDOW) {
            if (isSame((int) offset, other, 0)) {
                return true;
            }
        }
        for (long offset = behind; offset < otherSize; offset += WINDOW) {
            if (isSame(0, other, (int) offset)) {
                return true;
            }
        }
        return false;
    }

    /** Whether two bytes are one: a change here shows there. */
    private boolean isSame(int here, MemoryRange other, int there) {
        byte before = bytes.get(here);
        if (other.bytes.get(there) != before) {
            return false;
        }
        bytes.put(here, (byte) ~before);
        boolean same = other.bytes.get(there) != before;
        bytes.put(here, before);
        return same;
    }
}
