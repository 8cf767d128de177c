package org.menagerie.training.optimizer;

import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Value;

/** The two ways in which weights decay: with the gradient, as an L2 penalty would have it, or beside it. */
final class Decay {
    private Decay() {}

    /** g + λθ. */
    static Value added(GraphBuilder g, Value gradient, Value parameter, double decay) {
        return decay == 0 ? gradient : g.add(gradient, g.mul(parameter, decay));
    }

    /** θ(1 − ηλ). */
    static Value shrunk(GraphBuilder g, Value parameter, Value learningRate, double decay) {
        return decay == 0 ? parameter : g.mul(parameter, g.sub(1, g.mul(learningRate, decay)));
    }
}
