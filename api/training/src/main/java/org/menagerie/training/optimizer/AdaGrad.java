package org.menagerie.training.optimizer;

import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Value;

/**
 * AdaGrad (Duchi 2011, figure 1, diagonal form): s ← s + g²; θ ← θ − ηₜ·g/(√s + ε), where ηₜ = η/(1 + (t−1)·decay).
 *
 * @param rateDecay by which the learning rate falls; 0 for not
 * @param start s before the first step
 * @param epsilon added to the root
 * @param weightDecay λ: λθ is added to the gradient; 0 for none
 */
public record AdaGrad(double rateDecay, double start, double epsilon, double weightDecay) implements FirstOrder {
    public AdaGrad {
        Ranges.requireNotNegative("decay of the learning rate", rateDecay);
        Ranges.requireNotNegative("start of AdaGrad's sums", start);
        Ranges.requirePositive("epsilon", epsilon);
        Ranges.requireNotNegative("weight decay", weightDecay);
    }

    /** PyTorch's ε = 1e-10; sums start with zero. */
    public static AdaGrad defaults() {
        return new AdaGrad(0, 0, 1e-10, 0);
    }

    public AdaGrad withRateDecay(double other) {
        return new AdaGrad(other, start, epsilon, weightDecay);
    }

    public AdaGrad withStart(double other) {
        return new AdaGrad(rateDecay, other, epsilon, weightDecay);
    }

    public AdaGrad withEpsilon(double other) {
        return new AdaGrad(rateDecay, start, other, weightDecay);
    }

    public AdaGrad withWeightDecay(double other) {
        return new AdaGrad(rateDecay, start, epsilon, other);
    }

    @Override
    public double defaultLearningRate() {
        return 0.01;
    }

    @Override
    public Value update(GraphBuilder g, Slots slots, Value parameter, Value gradient) {
        Value decayed = Decay.added(g, gradient, parameter, weightDecay);
        Value sum = slots.state("sum", start);
        Value grown = g.add(sum, g.square(decayed));
        slots.next(sum, grown);
        Value rate = slots.learningRate();
        if (rateDecay > 0) {
            rate = g.mul(rate, slots.scalar("adagrad_rate", step -> 1 / (1 + (step - 1) * rateDecay)));
        }
        return g.sub(parameter, g.div(g.mul(decayed, rate), g.add(g.sqrt(grown), epsilon)));
    }
}
