package org.menagerie.training.optimizer;

/** What optimizers' numbers must satisfy. */
final class Ranges {
    private Ranges() {}

    static void requireFraction(String name, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException("A %s is in [0, 1); found %s".formatted(name, value));
        }
    }

    static void requirePositive(String name, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("A %s is positive; found %s".formatted(name, value));
        }
    }

    static void requireNotNegative(String name, double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("A %s is not negative; found %s".formatted(name, value));
        }
    }
}
