package org.menagerie.training;

import org.menagerie.graph.Architecture;
import org.menagerie.graph.Graph;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Mode;
import org.menagerie.graph.Value;

/** A network with a loss: what a trainer minimises. */
@FunctionalInterface
public interface Objective {
    /**
     * Adds the network and its loss to an empty builder, in the builder's mode. It adds the same parameters each time. Scalar
     * outputs of the builder are reported as metrics.
     *
     * @return the loss, a scalar
     */
    Value build(GraphBuilder g);

    /** The network with its loss, in a graph of its own. */
    default Graph graph(String name, Mode mode) {
        GraphBuilder g = new GraphBuilder(name, mode);
        build(g);
        return g.build();
    }

    /** An architecture with its own loss. */
    static <C extends Record> Objective of(Architecture<C> architecture, C config) {
        return g -> architecture.objective(g, config);
    }
}
