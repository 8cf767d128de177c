package org.menagerie.decoding;

/** What a log probability is divided by, so that long hypotheses can win over short ones. */
public sealed interface LengthPenalty {
    /** The divisor for a hypothesis of {@code length} tokens, the end token included; it grows or falls with length. */
    double divisor(int length);

    /** No penalty: the most probable hypothesis wins. */
    record None() implements LengthPenalty {
        @Override
        public double divisor(int length) {
            return 1;
        }
    }

    /** Length to the power of alpha; 1 ranks by the mean log probability of a token. */
    record Length(double alpha) implements LengthPenalty {
        public Length {
            requireFinite(alpha);
        }

        @Override
        public double divisor(int length) {
            return Math.pow(length, alpha);
        }
    }

    /** ((5 + length) / 6) to the power of alpha (Wu 2016, eq. 14). */
    record Wu(double alpha) implements LengthPenalty {
        public Wu {
            requireFinite(alpha);
        }

        @Override
        public double divisor(int length) {
            return Math.pow((5 + length) / 6.0, alpha);
        }
    }

    private static void requireFinite(double alpha) {
        if (!Double.isFinite(alpha)) {
            throw new IllegalArgumentException("The length penalty's alpha is %s; expected a number".formatted(alpha));
        }
    }
}
