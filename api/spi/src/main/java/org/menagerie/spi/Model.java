package org.menagerie.spi;

import java.time.Duration;
import java.util.Collections;
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
     * @throws InvalidInputException if an input is null or cannot be prepared
     * @throws CancelledException if the thread is interrupted before or during the call
     * @throws IllegalStateException after {@link #close()}
     */
    List<O> predict(List<? extends I> inputs);

    /** The answer to one input. */
    default O predict(I input) {
        return predict(Collections.singletonList(input)).get(0);
    }

    /**
     * The answers to several inputs, within a time limit. What runs when the time is over is stopped.
     *
     * @throws DeadlineException if the answers took longer
     */
    default List<O> predict(List<? extends I> inputs, Duration limit) {
        return CallScope.of("A prediction of " + card().name(), limit).run(() -> predict(inputs));
    }

    /**
     * Predicts once and drops the answers, so that later predictions of like inputs find memory and kernels ready. The
     * number of examples should be that of a usual call.
     */
    default void warmUp(List<? extends I> examples) {
        predict(examples);
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

    /**
     * Closes the model after at most a time limit: predictions that are still under way then are stopped, and throw a
     * {@link CancelledException}. Models that a zoo loads do so; the default waits for as long as {@link #close()} does.
     */
    default void close(Duration limit) {
        close();
    }
}
