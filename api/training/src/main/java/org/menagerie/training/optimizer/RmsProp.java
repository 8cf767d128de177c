package org.menagerie.training.optimizer;

import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Value;

/**
 * RMSProp (Hinton 2012, "Neural networks for machine learning", lecture 6e): s ← αs + (1−α)g²; θ ← θ − η·g/(√s + ε).
 * Centered (Graves 2013, equations 38 to 41), the mean ḡ ← αḡ + (1−α)g is taken off: √(s − ḡ²). With momentum, b ← μb +
 * g/(√s + ε) and θ ← θ − ηb, as in PyTorch.
 *
 * @param smoothing α, in [0, 1)
 * @param momentum μ, in [0, 1); 0 for none
 * @param centered whether s is made an estimate of the variance
 * @param epsilon added to the root
 * @param weightDecay λ: λθ is added to the gradient; 0 for none
 */
public record RmsProp(double smoothing, double momentum, boolean centered, double epsilon, double weightDecay)
        implements FirstOrder {
    public RmsProp {
        Ranges.requireFraction("smoothing", smoothing);
        Ranges.requireFraction("momentum", momentum);
        Ranges.requirePositive("epsilon", epsilon);
        Ranges.requireNotNegative("weight decay", weightDecay);
    }

    /** PyTorch's α = .99 and ε = 1e-8 (the lecture has α = .9), not centered, without momentum. */
    public static RmsProp defaults() {
        return new RmsProp(0.99, 0, false, 1e-8, 0);
    }

    public RmsProp withSmoothing(double other) {
        return new RmsProp(other, momentum, centered, epsilon, weightDecay);
    }

    public RmsProp withMomentum(double other) {
        return new RmsProp(smoothing, other, centered, epsilon, weightDecay);
    }

    public RmsProp withCentering() {
        return new RmsProp(smoothing, momentum, true, epsilon, weightDecay);
    }

    public RmsProp withEpsilon(double other) {
        return new RmsProp(smoothing, momentum, centered, other, weightDecay);
    }

    public RmsProp withWeightDecay(double other) {
        return new RmsProp(smoothing, momentum, centered, epsilon, other);
    }

    @Override
    public double defaultLearningRate() {
        return centered || momentum > 0 ? 0.001 : 0.01;
    }

    @Override
    public Value update(GraphBuilder g, Slots slots, Value parameter, Value gradient) {
        Value decayed = Decay.added(g, gradient, parameter, weightDecay);
        Value spread = slots.average("square_avg", smoothing, g.square(decayed));
        if (centered) {
            spread = g.sub(spread, g.square(slots.average("grad_avg", smoothing, decayed)));
            spread = g.max(spread, g.scalar(spread.element(), 0));
        }
        Value step = g.div(decayed, g.add(g.sqrt(spread), epsilon));
        if (momentum > 0) {
            step = slots.momentum(momentum, step);
        }
        return g.sub(parameter, g.mul(step, slots.learningRate()));
    }
}
