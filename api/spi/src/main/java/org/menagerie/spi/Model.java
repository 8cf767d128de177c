package org.menagerie.spi;

import java.util.List;
import java.util.Optional;

/**
 * A network with its weights, preprocessor and decoder: what a user runs. Thread-safe: one native session, many
 * callers.
 *
 * @param <I> the input of the task, for example {@code ai.djl.modality.cv.Image} or {@code String}
 * @param <O> the answer of the task, for example {@code ai.djl.modality.Classifications}
 */
public interface Model<I, O> extends AutoCloseable {
    /**
     * The answers to several inputs, in their order; inputs of one shape share a run of the network.
     *
     * @throws InvalidInputException if an input cannot be prepared
     * @throws IllegalStateException after {@link #close()}
     */
    List<O> predict(List<? extends I> inputs);

    /** The answer to one input. */
    default O predict(I input) {
        return predict(List.of(input)).get(0);
    }

    ModelCard card();

    /**
     * The model as something more that its kind offers, for example a detector that also works on streams. Wrappers pass
     * the question on.
     */
    default <T> Optional<T> extension(Class<T> type) {
        return type.isInstance(this) ? Optional.of(type.cast(this)) : Optional.empty();
    }

    /** Frees the native session once predictions under way have ended. Idempotent. */
    @Override
    void close();
}
