package org.menagerie.training.optimizer;

import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Value;

/**
 * Gradient descent: θ ← θ − ηg. The batch makes it what it is called: all examples a step is batch (full-batch) gradient
 * descent (Cauchy 1847), one example a step stochastic gradient descent (Robbins and Monro 1951), some examples a step
 * mini-batch gradient descent (Bottou 2018, section 3.3).
 *
 * <p>With momentum (Polyak 1964) v ← μv + (1−d)g and θ ← θ − ηv, where the first step takes v = g; with Nesterov's
 * (Sutskever 2013, section 2; in PyTorch's form) θ ← θ − η(g + μv).
 *
 * @param momentum μ, in [0, 1); 0 for none
 * @param dampening d, in [0, 1]: how much of a new gradient the momentum leaves out; 0 for none
 * @param nesterov whether the step looks ahead along the momentum
 * @param weightDecay λ: λθ is added to the gradient; 0 for none
 */
public record Sgd(double momentum, double dampening, boolean nesterov, double weightDecay) implements FirstOrder {
    /** The momentum that is usual, for example in ResNet's training (He 2016, section 3.4). */
    public static final double USUAL_MOMENTUM = 0.9;

    public Sgd {
        Ranges.requireFraction("momentum", momentum);
        Ranges.requireNotNegative("weight decay", weightDecay);
        if (!(dampening >= 0 && dampening <= 1)) {
            throw new IllegalArgumentException("A dampening is in [0, 1]; found " + dampening);
        }
        if (dampening > 0 && momentum == 0) {
            throw new IllegalArgumentException(
                    "A dampening of %s needs a momentum above 0, which it weakens".formatted(dampening));
        }
        if (nesterov && momentum == 0) {
            throw new IllegalArgumentException("Nesterov's momentum must be above 0");
        }
    }

    /** Without momentum. */
    public static Sgd plain() {
        return new Sgd(0, 0, false, 0);
    }

    public static Sgd withMomentum(double momentum) {
        return new Sgd(momentum, 0, false, 0);
    }

    public static Sgd withNesterov(double momentum) {
        return new Sgd(momentum, 0, true, 0);
    }

    public Sgd withDampening(double other) {
        return new Sgd(momentum, other, nesterov, weightDecay);
    }

    public Sgd withWeightDecay(double other) {
        return new Sgd(momentum, dampening, nesterov, other);
    }

    @Override
    public double defaultLearningRate() {
        return momentum == 0 ? 0.1 : 0.01;
    }

    @Override
    public Value update(GraphBuilder g, Slots slots, Value parameter, Value gradient) {
        Value decayed = Decay.added(g, gradient, parameter, weightDecay);
        if (momentum == 0) {
            return g.sub(parameter, g.mul(decayed, slots.learningRate()));
        }
        Value moved = slots.momentum(momentum, dampened(g, slots, decayed));
        Value step = nesterov ? g.add(decayed, g.mul(moved, momentum)) : moved;
        return g.sub(parameter, g.mul(step, slots.learningRate()));
    }

    private Value dampened(GraphBuilder g, Slots slots, Value gradient) {
        return dampening == 0
                ? gradient
                : g.mul(gradient, slots.scalar("sgd_dampening", step -> step == 1 ? 1 : 1 - dampening));
    }
}
