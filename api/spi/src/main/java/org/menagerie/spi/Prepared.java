package org.menagerie.spi;

import java.util.List;
import java.util.Map;

/**
 * A batch ready for a network.
 *
 * @param tensors the network's inputs by name
 * @param origins for each input of the batch, what a decoder needs to undo the preparation
 */
public record Prepared(Map<String, Tensor> tensors, List<? extends Origin> origins) {
    public Prepared {
        tensors = Map.copyOf(tensors);
        origins = List.copyOf(origins);
    }

    /** The number of inputs in the batch. */
    public int size() {
        return origins.size();
    }
}
