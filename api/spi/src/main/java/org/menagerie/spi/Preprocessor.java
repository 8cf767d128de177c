package org.menagerie.spi;

import java.util.List;

/**
 * Turns inputs of a task into the named tensors of a network. Thread-safe.
 *
 * @param <I> the input of the task
 */
public interface Preprocessor<I> extends AutoCloseable {
    /**
     * Prepares one batch.
     *
     * @param inputs at least one input, all with equal {@link #batchKey}
     * @throws InvalidInputException naming what was expected and found
     */
    Prepared prepare(List<? extends I> inputs);

    /** Inputs with equal keys may share a batch; one key for all unless the tensors' shapes depend on the input. */
    default Object batchKey(I input) {
        return "";
    }

    /** Frees what it holds beside memory; nothing unless overridden. Called once, after the last {@link #prepare}. */
    @Override
    default void close() {}
}
