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
 * @param weightDecay λ of AdamW; 0 for Adam
 */
public record Adam(double beta1, double beta2, double epsilon, double weightDecay) implements Optimizer {
    public Adam {
        if (beta1 < 0 || beta1 >= 1 || beta2 < 0 || beta2 >= 1 || epsilon <= 0 || weightDecay < 0) {
            throw new IllegalArgumentException("Adam needs betas in [0, 1), epsilon > 0 and weight decay >= 0; found "
                    + "%s, %s, %s, %s".formatted(beta1, beta2, epsilon, weightDecay));
        }
    }

    /** The paper's β₁ = .9, β₂ = .999, ε = 1e-8. */
    public static Adam defaults() {
        return new Adam(0.9, 0.999, 1e-8, 0);
    }

    /** AdamW with the decay of 0.01 that PyTorch defaults to. */
    public static Adam adamW() {
        return defaults().withWeightDecay(0.01);
    }

    public Adam withWeightDecay(double decay) {
        return new Adam(beta1, beta2, epsilon, decay);
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
        Value first = slots.state("exp_avg");
        Value second = slots.state("exp_avg_sq");
        Value m = g.add(g.mul(first, beta1), g.mul(gradient, 1 - beta1));
        Value v = g.add(g.mul(second, beta2), g.mul(g.square(gradient), 1 - beta2));
        slots.next(first, m);
        slots.next(second, v);
        Value root = g.add(g.mul(g.sqrt(v), secondCorrection), epsilon);
        Value step = g.div(g.mul(m, g.mul(rate, firstCorrection)), root);
        Value start = weightDecay == 0 ? parameter : g.mul(parameter, g.sub(1, g.mul(rate, weightDecay)));
        return g.sub(start, step);
    }
}
