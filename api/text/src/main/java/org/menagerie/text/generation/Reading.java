package org.menagerie.text.generation;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.menagerie.spi.Tensor;

/** How inputs reach the networks. Thread-safe. */
interface Reading<I> extends AutoCloseable {
    /** Inputs with equal keys can be searched for together. */
    Object key(I input);

    /** Reads inputs of one key. */
    Batch read(List<? extends I> inputs);

    @Override
    default void close() {}

    /**
     * Inputs as networks read them.
     *
     * @param encoderInputs what the encoder is fed; empty for a decoder that continues prompts
     * @param prompts tokens to continue, all of one length; empty where an encoder reads
     * @param parts what the columns of an attention map stand for, by input; an empty list if they have no names
     * @param lengths how much of the encoded input belongs to each; null for all of it
     * @param release gives the memory of the encoder's inputs back
     */
    record Batch(
            Map<String, Tensor> encoderInputs,
            int[][] prompts,
            List<List<String>> parts,
            @Nullable Tensor lengths,
            Runnable release)
            implements AutoCloseable {
        @Override
        public void close() {
            release.run();
        }
    }
}
