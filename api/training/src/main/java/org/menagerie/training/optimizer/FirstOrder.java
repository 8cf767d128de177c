package org.menagerie.training.optimizer;

import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.TensorType;
import org.menagerie.graph.Value;

/** An optimizer that moves each parameter against its gradient, as nodes of the training graph. */
public non-sealed interface FirstOrder extends Optimizer {
    /**
     * Whether the elements of such a parameter influence each other's steps. It then comes by itself, in its own shape;
     * other small parameters come joined to one vector.
     */
    default boolean needsWhole(TensorType parameter) {
        return false;
    }

    /**
     * Adds the nodes of one step.
     *
     * @param slots the parameter's own state, and the scalars that are fed each step
     * @return the parameter's new value
     */
    Value update(GraphBuilder g, Slots slots, Value parameter, Value gradient);
}
