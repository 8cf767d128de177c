package org.menagerie.decoding;

import java.util.Arrays;

/** Readings of a classifier's outputs: softmax, sigmoid, top-k, arg-max. */
public final class Scores {
    private Scores() {}

    /** Probabilities of mutually exclusive classes, from logits. A logit of +∞ or NaN makes every probability NaN. */
    public static float[] softmax(float[] logits) {
        float[] probabilities = logits.clone();
        softmax(probabilities, 0, probabilities.length);
        return probabilities;
    }

    /** Replaces {@code length} logits, beginning at {@code from}, by their softmax. */
    public static void softmax(float[] values, int from, int length) {
        float max = values[argMax(values, from, length)];
        double sum = 0;
        for (int i = from; i < from + length; i++) {
            double e = Math.exp(values[i] - max);
            values[i] = (float) e;
            sum += e;
        }
        float scale = (float) (1 / sum);
        for (int i = from; i < from + length; i++) {
            values[i] *= scale;
        }
    }

    /** The log of the sum of the exponentials of {@code length} logits, without overflow: softmax's denominator. */
    public static double logSumExp(float[] logits, int from, int length) {
        float max = logits[argMax(logits, from, length)];
        if (Float.isInfinite(max)) {
            return max;
        }
        double sum = 0;
        for (int i = from; i < from + length; i++) {
            sum += Math.exp(logits[i] - max);
        }
        return max + Math.log(sum);
    }

    /** The probability of a yes, from its logit. */
    public static float sigmoid(float logit) {
        return (float) (1 / (1 + Math.exp(-logit)));
    }

    /** Independent probabilities, from logits. */
    public static float[] sigmoid(float[] logits) {
        float[] probabilities = new float[logits.length];
        for (int i = 0; i < logits.length; i++) {
            probabilities[i] = sigmoid(logits[i]);
        }
        return probabilities;
    }

    /** The index, counted from the array's start, of the highest of {@code length} values; the first of equals, NaN last. */
    public static int argMax(float[] values, int from, int length) {
        if (length < 1) {
            throw new IllegalArgumentException("The highest of no values was asked for");
        }
        int best = from;
        for (int i = from + 1; i < from + length; i++) {
            if (values[i] > values[best] || Float.isNaN(values[best])) {
                best = i;
            }
        }
        return best;
    }

    /** The indices of the {@code k} highest values, or of all if there are fewer, in falling order; see {@link #topK(float[], int, int, int)}. */
    public static int[] topK(float[] values, int k) {
        return topK(values, 0, values.length, k);
    }

    /**
     * The indices, counted from {@code from}, of the {@code k} highest of {@code length} values, or of all if there are
     * fewer, in falling order. Of equals the first comes first; NaN comes last.
     */
    public static int[] topK(float[] values, int from, int length, int k) {
        if (k < 0) {
            throw new IllegalArgumentException("k is %d; expected 0 or more".formatted(k));
        }
        int n = Math.min(k, length);
        if (n == 0) {
            return new int[0];
        }
        // The best so far as keys in ascending order; the worst of them is the bar that a newcomer must pass.
        long[] best = new long[n];
        Arrays.fill(best, Long.MAX_VALUE);
        float bar = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < length; i++) {
            float value = values[from + i];
            if (value <= bar && best[n - 1] != Long.MAX_VALUE) {
                continue;
            }
            long key = Ranking.key(value, i);
            if (key < best[n - 1]) {
                int at = -1 - Arrays.binarySearch(best, key);
                System.arraycopy(best, at, best, at + 1, n - 1 - at);
                best[at] = key;
                bar = best[n - 1] == Long.MAX_VALUE
                        ? Float.NEGATIVE_INFINITY
                        : values[from + Ranking.index(best[n - 1])];
            }
        }
        int[] indices = new int[n];
        for (int i = 0; i < n; i++) {
            indices[i] = Ranking.index(best[i]);
        }
        return indices;
    }
}
