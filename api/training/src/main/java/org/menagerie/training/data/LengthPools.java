package org.menagerie.training.data;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Batches of examples of like lengths, so that little of a batch is padding. A shuffled order is cut into pools of some
 * batches, each pool sorted by length; the batches of all pools are then shuffled. Who shares a batch still changes from
 * epoch to epoch.
 *
 * @param lengths by example
 */
record LengthPools(int[] lengths) {
    /** Batches in a pool. */
    private static final int POOL = 50;

    static LengthPools of(Dataset dataset) {
        int[] lengths = new int[dataset.size()];
        Arrays.setAll(lengths, dataset::length);
        return new LengthPools(lengths);
    }

    /** The order with like lengths together; the order itself where all lengths are the same. */
    int[] ordered(int[] shuffled, int batchSize, RandomStreams random, int epoch) {
        if (Arrays.stream(lengths).allMatch(length -> length == lengths[0])) {
            return shuffled;
        }
        int pool = Math.multiplyExact(POOL, batchSize);
        Integer[] sorted = Arrays.stream(shuffled).boxed().toArray(Integer[]::new);
        for (int from = 0; from < sorted.length; from += pool) {
            Arrays.sort(
                    sorted,
                    from,
                    Math.min(sorted.length, from + pool),
                    Comparator.comparingInt(example -> lengths[example]));
        }
        int whole = sorted.length / batchSize;
        int[] ordered = Arrays.stream(sorted).mapToInt(Integer::intValue).toArray();
        int[] result = ordered.clone();
        int[] batches = random.permutation(whole, "batches", epoch);
        for (int i = 0; i < whole; i++) {
            System.arraycopy(ordered, batches[i] * batchSize, result, i * batchSize, batchSize);
        }
        return result;
    }
}
