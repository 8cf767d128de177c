package org.menagerie.spi;

import java.util.List;
import java.util.Map;

/**
 * A batch ready for a network.
 *
 * <p>Closing gives the tensors' memory back to whoever prepared them; nobody may read them afterwards. Idempotent, and
 * never a must: memory that is not given back is left to the garbage collector.
 *
 * @param tensors the network's inputs by name
 * @param origins for each input of the batch, what a decoder needs to undo the preparation
 * @param release gives the tensors' memory back; run by {@link #close()}
 */
public record Prepared(Map<String, Tensor> tensors, List<? extends Origin> origins, Runnable release)
        implements AutoCloseable {
    public Prepared {
        tensors = Map.copyOf(tensors);
        origins = List.copyOf(origins);
    }

    /** A batch whose memory is left to the garbage collector. */
    public Prepared(Map<String, Tensor> tensors, List<? extends Origin> origins) {
        this(tensors, origins, () -> {});
    }

    /** The number of inputs in the batch. */
    public int size() {
        return origins.size();
    }

    @Override
    public void close() {
        release.run();
    }
}
