package org.menagerie.training.data;

/**
 * Batches one after the other, epoch after epoch without end. For one thread. Buffers are reused: taking a batch ends the
 * life of the one before.
 */
public interface BatchStream extends AutoCloseable {
    /** The next batch; what its data set or transform throws comes out here. */
    Batch next();

    /** Stops preparing batches and frees the thread, if there is one. */
    @Override
    void close();
}
