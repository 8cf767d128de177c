package org.menagerie.explain.imagine;

/** Ranges of settings that several methods have. */
final class Checks {
    private static final int MOST_PIXELS = 4096;

    private Checks() {}

    static void loop(int size, int steps, double rate, int scales) {
        if (size < 0 || size > MOST_PIXELS) {
            throw new IllegalArgumentException("size must be 0 to %d, found %d".formatted(MOST_PIXELS, size));
        }
        if (steps < 1 || steps > 100_000) {
            throw new IllegalArgumentException("steps must be 1 to 100,000, found " + steps);
        }
        if (!(rate > 0 && rate <= 1)) {
            throw new IllegalArgumentException("rate must be above 0 and at most 1, found " + rate);
        }
        if (scales < 0 || scales > 8) {
            throw new IllegalArgumentException("scales must be 0 to 8, found " + scales);
        }
    }
}
