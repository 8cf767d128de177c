package org.menagerie.runtime;

import java.nio.ByteBuffer;
import java.util.Arrays;
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

    private static final long OUTPUT = 1L << 31;

    static MemoryRange of(Tensor tensor) {
        ByteBuffer bytes = tensor.bytes();
        return new MemoryRange(bytes, bytes.alignmentOffset(0, WINDOW));
    }

    /**
     * Requires that no output shares memory with an input or another output: ONNX Runtime would overwrite the one while
     * it reads the other, without an error.
     */
    static void requireDisjoint(Map<String, PinnedTensor> inputs, Map<String, PinnedTensor> outputs) {
        if (!mayOverlap(inputs, outputs)) {
            return;
        }
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

    /**
     * One sweep over all ranges by address modulo the window, so that a training step with hundreds of parameters does
     * not compare each pair. May be true of ranges that are a multiple of the window apart.
     */
    private static boolean mayOverlap(Map<String, PinnedTensor> inputs, Map<String, PinnedTensor> outputs) {
        // Sorted by address: the address in the upper half, then 1 for an output, then the size.
        long[] ranges = new long[inputs.size() + outputs.size()];
        int count = 0;
        for (PinnedTensor input : inputs.values()) {
            ranges[count++] = input.memory().key(0);
        }
        for (PinnedTensor output : outputs.values()) {
            ranges[count++] = output.memory().key(OUTPUT);
        }
        Arrays.sort(ranges);
        long writtenUpTo = 0;
        long usedUpTo = 0;
        for (long range : ranges) {
            long start = range >>> 32;
            long end = start + (range & Integer.MAX_VALUE);
            boolean written = (range & OUTPUT) != 0;
            if (end > start && start < (written ? usedUpTo : writtenUpTo)) {
                return true;
            }
            usedUpTo = Math.max(usedUpTo, end);
            writtenUpTo = written ? Math.max(writtenUpTo, end) : writtenUpTo;
        }
        // The last ranges may reach past the window, back to where the first begin.
        return ranges.length > 0 && usedUpTo - WINDOW > ranges[0] >>> 32;
    }

    private long key(long flags) {
        return (long) low << 32 | flags | bytes.capacity();
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
