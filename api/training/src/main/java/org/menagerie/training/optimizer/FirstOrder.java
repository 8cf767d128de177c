package org.menagerie.training.optimizer;

import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Value;

/** An optimizer that moves each parameter against its gradient, as nodes of the training graph. */
public non-sealed interface FirstOrder extends Optimizer {
    /**
     * Adds the nodes of one step. Elements must not influence each other: small parameters come joined to one vector.
     *
     * @param slots the parameter's own state, and the scalars that are fed each step
     * @return the parameter's new value
     */
    Value update(GraphBuilder g, Slots slots, Value parameter, Value gradient);
}
