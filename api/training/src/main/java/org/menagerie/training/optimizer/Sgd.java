package org.menagerie.training.optimizer;

import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Value;

/**
 * Gradient descent, with heavy-ball momentum (Polyak 1964) or Nesterov's (Sutskever 2013, in the form of PyTorch:
 * v ← μv + g; θ ← θ − η(g + μv)).
 *
 * @param momentum μ, in [0, 1); 0 for none
 * @param nesterov whether the gradient is taken ahead
 * @param weightDecay added to the gradient as this times the parameter
 */
public record Sgd(double momentum, boolean nesterov, double weightDecay) implements Optimizer {
    public Sgd {
        if (momentum < 0 || momentum >= 1 || (nesterov && momentum == 0)) {
            throw new IllegalArgumentException(
                    "SGD needs a momentum in [0, 1), above 0 with Nesterov; found " + momentum);
        }
    }

    /** Without momentum. */
    public static Sgd plain() {
        return new Sgd(0, false, 0);
    }

    public static Sgd withMomentum(double momentum) {
        return new Sgd(momentum, false, 0);
    }

    public static Sgd withNesterov(double momentum) {
        return new Sgd(momentum, true, 0);
    }

    @Override
    public double defaultLearningRate() {
        return momentum == 0 ? 0.1 : 0.01;
    }

    @Override
    public Value update(GraphBuilder g, Slots slots, Value parameter, Value gradient) {
        Value decayed = weightDecay == 0 ? gradient : g.add(gradient, g.mul(parameter, weightDecay));
        if (momentum == 0) {
            return g.sub(parameter, g.mul(decayed, slots.learningRate()));
        }
        Value velocity = slots.state("momentum");
        Value moved = g.add(g.mul(velocity, momentum), decayed);
        slots.next(velocity, moved);
        Value step = nesterov ? g.add(decayed, g.mul(moved, momentum)) : moved;
        return g.sub(parameter, g.mul(step, slots.learningRate()));
    }
}
