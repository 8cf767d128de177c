package org.menagerie.training.optimizer;

import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Value;

/**
 * Adam (Kingma 2015, algorithm 1): m ← β₁m + (1−β₁)g; v ← β₂v + (1−β₂)g²; θ ← θ − η·m̂/(√v̂ + ε) with bias-corrected m̂ and
 * v̂. With decoupled weight decay it is AdamW (Loshchilov 2019, algorithm 2): θ is first scaled by 1 − ηλ.
 *
 * @param beta1 decay of the first moment
 * @param beta2 decay of the second moment
 * @param epsilon added to the root of the second moment
 * @param weightDecay λ; 0 for none
 * @param decoupled whether weights decay beside the gradient (AdamW) or with it: λθ is added to the gradient
 */
public record Adam(double beta1, double beta2, double epsilon, double weightDecay, boolean decoupled)
        implements FirstOrder {
    public Adam {
        Ranges.requireFraction("beta1", beta1);
        Ranges.requireFraction("beta2", beta2);
        Ranges.requirePositive("epsilon", epsilon);
        Ranges.requireNotNegative("weight decay", weightDecay);
    }

    /** The paper's β₁ = .9, β₂ = .999, ε = 1e-8. */
    public static Adam defaults() {
        return new Adam(0.9, 0.999, 1e-8, 0, false);
    }

    /** AdamW with the decay of 0.01 that PyTorch defaults to. */
    public static Adam adamW() {
        return new Adam(0.9, 0.999, 1e-8, 0.01, true);
    }

    public Adam withBetas(double first, double second) {
        return new Adam(first, second, epsilon, weightDecay, decoupled);
    }

    public Adam withEpsilon(double other) {
        return new Adam(beta1, beta2, other, weightDecay, decoupled);
    }

    public Adam withWeightDecay(double decay) {
        return new Adam(beta1, beta2, epsilon, decay, decoupled);
    }

    @Override
    public double defaultLearningRate() {
        return 0.001;
    }

    @Override
    public Value update(GraphBuilder g, Slots slots, Value parameter, Value gradient) {
        Value rate = slots.learningRate();
        Value firstCorrection = slots.scalar("adam_correction1", step -> 1 / (1 - Math.pow(beta1, (double) step)));
        Value secondCorrection =
                slots.scalar("adam_correction2", step -> 1 / Math.sqrt(1 - Math.pow(beta2, (double) step)));
        Value decayed = decoupled ? gradient : Decay.added(g, gradient, parameter, weightDecay);
        Value m = slots.average("exp_avg", beta1, decayed);
        Value v = slots.average("exp_avg_sq", beta2, g.square(decayed));
        Value root = g.add(g.mul(g.sqrt(v), secondCorrection), epsilon);
        Value step = g.div(g.mul(m, g.mul(rate, firstCorrection)), root);
        return g.sub(decoupled ? Decay.shrunk(g, parameter, rate, weightDecay) : parameter, step);
    }
}
