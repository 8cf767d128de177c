package org.menagerie.training.metrics;

import java.util.List;

/**
 * Errors in predicted sequences: by token (word error rate in speech recognition, phoneme error rate in pronunciation) and
 * by whole sequence (word error rate in pronunciation).
 */
public final class ErrorRate {
    private long edits;
    private long tokens;
    private long wrong;
    private long sequences;

    /**
     * Adds a prediction.
     *
     * @param references what would be right, at least one; the one with the fewest errors for its length counts
     */
    public <T> void add(List<T> prediction, List<? extends List<T>> references) {
        if (references.isEmpty()) {
            throw new IllegalArgumentException("A prediction is compared with at least one reference");
        }
        int fewest = 0;
        int length = -1;
        for (List<T> reference : references) {
            int distance = distance(prediction, reference);
            if (length < 0
                    || (double) distance * Math.max(1, length) < (double) fewest * Math.max(1, reference.size())) {
                fewest = distance;
                length = reference.size();
            }
        }
        edits += fewest;
        tokens += length;
        wrong += fewest > 0 ? 1 : 0;
        sequences++;
    }

    /** Insertions, deletions and substitutions per reference token; may pass 1. */
    public double byToken() {
        return (double) edits / tokens;
    }

    /** The fraction of sequences that equal none of their references. */
    public double bySequence() {
        return (double) wrong / sequences;
    }

    /** The fewest insertions, deletions and substitutions that turn one list into the other (Levenshtein 1966). */
    public static <T> int distance(List<T> from, List<T> to) {
        int[] row = new int[to.size() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.size(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int substituted = diagonal + (from.get(i - 1).equals(to.get(j - 1)) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.size()];
    }
}
