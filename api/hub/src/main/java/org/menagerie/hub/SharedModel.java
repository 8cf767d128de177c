package org.menagerie.hub;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import org.menagerie.spi.Model;
import org.menagerie.spi.ModelCard;

/** A model that many threads share: closing waits for predictions under way, and happens once. */
final class SharedModel<I, O> implements Model<I, O> {
    private final Model<I, O> model;
    private final Consumer<SharedModel<I, O>> onClose;
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private boolean closed;

    SharedModel(Model<I, O> model, Consumer<SharedModel<I, O>> onClose) {
        this.model = model;
        this.onClose = onClose;
    }

    @Override
    public List<O> predict(List<? extends I> inputs) {
        lock.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("Model %s is closed".formatted(card().name()));
            }
            return inputs.isEmpty() ? List.of() : model.predict(inputs);
        } finally {
            lock.readLock().unlock();
        }
    }

    /** One prediction, stage by stage; empty if the model is more than one network. */
    Optional<Trace> trace(I input) {
        lock.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("Model %s is closed".formatted(card().name()));
            }
            return model instanceof OneNetworkModel<I, O> network
                    ? Optional.of(network.trace(input))
                    : Optional.empty();
        } finally {
            lock.readLock().unlock();
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
        if (lock.getReadHoldCount() > 0) {
            throw new IllegalStateException(
                    "Model %s cannot be closed from inside its own prediction".formatted(card().name()));
        }
        lock.writeLock().lock();
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
