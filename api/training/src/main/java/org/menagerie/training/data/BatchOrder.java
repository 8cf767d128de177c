package org.menagerie.training.data;

import org.menagerie.spi.InvalidInputException;

/**
 * How a data set is cut into batches.
 *
 * @param batchSize examples a batch, at least 1
 * @param seed the run's seed; the order of an epoch follows from it and the epoch's number
 * @param shuffle whether each epoch has an order of its own, or all have the data set's
 * @param dropLast whether a last, smaller batch is left out
 * @param prefetch whether a thread prepares the next batch while the caller uses the present one
 */
public record BatchOrder(int batchSize, long seed, boolean shuffle, boolean dropLast, boolean prefetch) {
    public BatchOrder {
        if (batchSize < 1) {
            throw new InvalidInputException("Batch size %d is not positive".formatted(batchSize));
        }
    }

    /** In the data set's order, every example, prepared by the caller's thread. */
    public static BatchOrder inOrder(int batchSize) {
        return new BatchOrder(batchSize, 0, false, false, false);
    }

    /** In a new order each epoch, every example, prepared by the caller's thread. */
    public static BatchOrder shuffled(int batchSize, long seed) {
        return new BatchOrder(batchSize, seed, true, false, false);
    }

    /** The same without a last, smaller batch. */
    public BatchOrder droppingLast() {
        return new BatchOrder(batchSize, seed, shuffle, true, prefetch);
    }

    /** The same with a thread that prepares the next batch. */
    public BatchOrder prefetching() {
        return new BatchOrder(batchSize, seed, shuffle, dropLast, true);
    }
}
