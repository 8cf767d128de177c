package org.menagerie.graph.transfer;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Node;
import org.menagerie.graph.Value;

/** Puts another computation in the place of a node while a graph is built again. */
@FunctionalInterface
public interface Replacement {
    /** Every node stays as it is. */
    Replacement NONE = (g, node, inputs) -> Optional.empty();

    /**
     * Returns what stands in for the node's first output, the only one that may be used then; empty to copy the node.
     *
     * @param node of the original graph
     * @param inputs the copies of its inputs
     */
    Optional<Value> of(GraphBuilder g, Node node, List<@Nullable Value> inputs);
}
