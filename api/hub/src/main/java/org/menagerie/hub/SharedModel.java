package org.menagerie.hub;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.menagerie.spi.CallScope;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Model;
import org.menagerie.spi.ModelCard;
import org.menagerie.spi.ZooException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model that many threads share. Closing waits for predictions under way, or stops them after a time limit, and happens
 * once. Inputs are checked, predictions are limited in time and reported.
 */
final class SharedModel<I, O> implements Model<I, O> {
    private static final Logger LOG = LoggerFactory.getLogger(Zoo.class);

    private final Model<I, O> model;
    private final Class<I> input;
    private final Watch watch;
    private final Consumer<SharedModel<I, O>> onClose;
    private final Set<CallScope> underWay = ConcurrentHashMap.newKeySet();
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private boolean closed;

    /**
     * What is watched of a model's predictions.
     *
     * @param limit the longest that one may take; null for as long as it needs
     * @param listener told of each
     */
    record Watch(@Nullable Duration limit, PredictionListener listener) {}

    SharedModel(Model<I, O> model, Class<I> input, Watch watch, Consumer<SharedModel<I, O>> onClose) {
        this.model = model;
        this.input = input;
        this.watch = watch;
        this.onClose = onClose;
    }

    @Override
    public List<O> predict(List<? extends I> inputs) {
        return whileOpen(() -> answers(inputs, watch.listener()));
    }

    @Override
    public void warmUp(List<? extends I> examples) {
        whileOpen(() -> answers(examples, PredictionListener.NONE));
    }

    /** One prediction, stage by stage; empty if the model is more than one network. */
    Optional<Trace> trace(I value) {
        return whileOpen(() -> {
            check(List.of(value));
            return model instanceof OneNetworkModel<I, O> network
                    ? Optional.of(network.trace(value))
                    : Optional.empty();
        });
    }

    private <T> T whileOpen(Supplier<T> work) {
        lock.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("Model %s is closed".formatted(card().name()));
            }
            CallScope scope = CallScope.of("A prediction of " + card().name(), watch.limit());
            underWay.add(scope);
            try {
                return scope.run(work);
            } finally {
                underWay.remove(scope);
            }
        } finally {
            lock.readLock().unlock();
        }
    }

    private List<O> answers(List<? extends I> inputs, PredictionListener listener) {
        check(inputs);
        if (inputs.isEmpty()) {
            return List.of();
        }
        int queue = underWay.size() - 1;
        long start = System.nanoTime();
        StageClock clock = new StageClock(card());
        try {
            CallScope.current().check();
            List<O> answers =
                    model instanceof OneNetworkModel<I, O> network ? network.predict(inputs, clock) : whole(inputs);
            tell(listener, inputs, queue, start, clock, null);
            return answers;
        } catch (RuntimeException e) {
            tell(listener, inputs, queue, start, clock, e);
            throw e;
        }
    }

    private List<O> whole(List<? extends I> inputs) {
        try {
            return model.predict(inputs);
        } catch (ZooException e) {
            throw e;
        } catch (RuntimeException e) {
            throw StageClock.failure(card(), "its prediction", e);
        }
    }

    private void check(@Nullable List<? extends I> inputs) {
        if (inputs == null) {
            throw new InvalidInputException(
                    "Model %s was given null in place of a list of inputs".formatted(card().name()));
        }
        int index = 0;
        for (Object value : inputs) {
            index++;
            if (!input.isInstance(value)) {
                throw new InvalidInputException("Model %s takes %s, but input %d of %d is %s"
                        .formatted(
                                card().name(),
                                input.getName(),
                                index,
                                inputs.size(),
                                value == null
                                        ? "null"
                                        : "of " + value.getClass().getName()));
            }
        }
    }

    private void tell(
            PredictionListener listener,
            List<? extends I> inputs,
            int queue,
            long start,
            StageClock clock,
            @Nullable RuntimeException failure) {
        if (listener == PredictionListener.NONE) {
            return;
        }
        boolean oneNetwork = model instanceof OneNetworkModel;
        try {
            listener.ended(new Prediction(
                    card().name(),
                    inputs.size(),
                    clock.batches(),
                    queue,
                    (System.nanoTime() - start) / 1e6,
                    oneNetwork ? Optional.of(clock.stages()) : Optional.empty(),
                    Optional.ofNullable(failure)));
        } catch (RuntimeException e) {
            LOG.warn("The listener for predictions failed", e);
        }
    }

    @Override
    public ModelCard card() {
        return model.card();
    }

    @Override
    public <T> Optional<T> extension(Class<T> type) {
        return model.extension(type);
    }

    @Override
    public void close() {
        requireOutside();
        lock.writeLock().lock();
        closeLocked();
    }

    /** A prediction that asks nothing of its {@link CallScope}, such as a decoder between two runs, is waited for. */
    @Override
    public void close(Duration limit) {
        requireOutside();
        boolean locked = false;
        try {
            locked = lock.writeLock().tryLock(Math.max(0, limit.toNanos()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!locked) {
            underWay.forEach(scope -> scope.cancel("the model was closed"));
            lock.writeLock().lock();
        }
        closeLocked();
    }

    private void requireOutside() {
        if (lock.getReadHoldCount() > 0) {
            throw new IllegalStateException(
                    "Model %s cannot be closed from inside its own prediction".formatted(card().name()));
        }
    }

    private void closeLocked() {
        try {
            if (!closed) {
                closed = true;
                onClose.accept(this);
                model.close();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    @Override
    public String toString() {
        return "Model " + card().name();
    }
}
