package org.menagerie.graph;

import org.menagerie.graph.layer.Initializer;

/**
 * A named tensor that belongs to a network and outlives a run: a weight, a bias, or a running statistic.
 *
 * @param name for example {@code layer1.0.conv1.weight}
 * @param value its value in the graph; its type has no symbols
 * @param initializer how it starts
 * @param trainable true of weights and biases, which an optimizer moves; false of buffers such as running statistics
 */
public record Parameter(String name, Value value, Initializer initializer, boolean trainable) {
    public Parameter {
        if (!value.type().isFixed()) {
            throw new GraphException("Parameter '%s' needs a fixed shape; found %s".formatted(name, value.type()));
        }
    }

    /** The number of elements. */
    public long size() {
        return value.type().shape().size();
    }
}
