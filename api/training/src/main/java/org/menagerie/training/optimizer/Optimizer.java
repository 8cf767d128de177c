package org.menagerie.training.optimizer;

import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Value;

/** How a parameter moves against its gradient, as nodes of the training graph. */
public interface Optimizer {
    /**
     * Adds the nodes of one step.
     *
     * @param slots the parameter's own state, and the scalars that are fed each step
     * @return the parameter's new value
     */
    Value update(GraphBuilder g, Slots slots, Value parameter, Value gradient);

    /** The learning rate to start from when the user names none. */
    double defaultLearningRate();
}
