package org.menagerie.training;

import org.menagerie.graph.Architecture;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Mode;
import org.menagerie.graph.Value;

/** A network with a loss: what a trainer minimises. */
@FunctionalInterface
public interface Objective {
    /**
     * A graph with its loss; building it again for the same mode gives the same parameters.
     *
     * @param g the builder, for nodes to be added to; its scalar outputs are reported as metrics
     * @param loss a scalar
     */
    record Built(GraphBuilder g, Value loss) {}

    Built build(Mode mode);

    /** An architecture with its own loss. */
    static <C extends Record> Objective of(Architecture<C> architecture, C config) {
        return mode -> {
            GraphBuilder g = new GraphBuilder(architecture.getClass().getSimpleName(), mode);
            return new Built(g, architecture.objective(g, config));
        };
    }
}
