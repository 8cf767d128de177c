package org.menagerie.graph.layer;

/**
 * The settings of a pool over two spatial axes.
 *
 * @param size extent of the square window
 * @param stride step of the window along both axes
 * @param padding elements before and after each axis
 * @param ceil whether a last window that is partly outside counts
 * @param countPadding whether averages count padding as zeros
 */
public record Pool(int size, int stride, int padding, boolean ceil, boolean countPadding) {
    public Pool {
        if (size < 1 || stride < 1 || padding < 0 || padding >= size) {
            throw new IllegalArgumentException(
                    "A pool of size %d, stride %d and padding %d is not possible".formatted(size, stride, padding));
        }
    }

    /** Non-overlapping windows. */
    public static Pool of(int size) {
        return new Pool(size, size, 0, false, true);
    }

    public Pool stride(int step) {
        return new Pool(size, step, padding, ceil, countPadding);
    }

    public Pool pad(int elements) {
        return new Pool(size, stride, elements, ceil, countPadding);
    }

    public Pool ceilMode() {
        return new Pool(size, stride, padding, true, countPadding);
    }

    public Pool ignorePadding() {
        return new Pool(size, stride, padding, ceil, false);
    }
}
