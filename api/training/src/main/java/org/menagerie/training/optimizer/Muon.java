package org.menagerie.training.optimizer;

import java.util.List;
import org.menagerie.graph.Dim;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.TensorType;
import org.menagerie.graph.Value;

/**
 * Muon (Jordan 2024, "Muon: an optimizer for hidden layers in neural networks"): momentum, made nearly orthogonal, so
 * that a step is about as long in every direction of a matrix, not only in the few that gradients favour. B ← μB + G; X ←
 * (G + μB)/‖G + μB‖; then, some times, X ← aX + (bA + cA²)X with A = XXᵀ, which takes all singular values to about 1.
 *
 * <p>θ ← (1 − ηλ)θ − η·0.2·√max(rows, columns)·X: scaled so, steps are as long as Adam's (Liu 2025, "Muon is scalable for
 * LLM training", section 2.2), and Adam with the same decay moves what is no matrix: biases, scales of normalizations. A
 * convolution's weight is a matrix with a row for each filter.
 *
 * @param momentum μ, in [0, 1)
 * @param iterations of the orthogonalization, at least 1; 5 leave singular values within about 0.7 and 1.2
 * @param weightDecay λ, beside the gradient as AdamW's; 0 for none
 */
public record Muon(double momentum, int iterations, double weightDecay) implements FirstOrder {
    private static final double A = 3.4445;
    private static final double B = -4.7750;
    private static final double C = 2.0315;

    /** After more iterations without X, what rounding takes below zero in A has grown too far: tenfold by each. */
    private static final int AT_ONCE = 5;

    /** The root mean square of Adam's steps in units of the learning rate. */
    private static final double ADAMS_LENGTH = 0.2;

    public Muon {
        Ranges.requireFraction("momentum", momentum);
        Ranges.requireNotNegative("weight decay", weightDecay);
        if (iterations < 1) {
            throw new IllegalArgumentException("Muon iterates at least once; found " + iterations);
        }
    }

    /** Jordan's momentum of .95 and 5 iterations, Liu's weight decay of .1. */
    public static Muon defaults() {
        return new Muon(0.95, 5, 0.1);
    }

    public Muon withMomentum(double other) {
        return new Muon(other, iterations, weightDecay);
    }

    public Muon withIterations(int other) {
        return new Muon(momentum, other, weightDecay);
    }

    public Muon withWeightDecay(double other) {
        return new Muon(momentum, iterations, other);
    }

    @Override
    public double defaultLearningRate() {
        return Adam.adamW().defaultLearningRate();
    }

    @Override
    public boolean needsWhole(TensorType parameter) {
        return extents(parameter).size() > 1;
    }

    @Override
    public Value update(GraphBuilder g, Slots slots, Value parameter, Value gradient) {
        if (!needsWhole(parameter.type())) {
            return Adam.adamW().withWeightDecay(weightDecay).update(g, slots, parameter, gradient);
        }
        Value moved = slots.momentum(momentum, gradient);
        long rows = extents(parameter.type()).get(0).value();
        Value ahead = g.reshape(g.add(gradient, g.mul(moved, momentum)), rows, -1);
        double scale =
                ADAMS_LENGTH * Math.sqrt((double) Math.max(rows, ahead.dim(1).value()));
        Value step = g.mul(orthogonal(g, ahead), g.mul(slots.learningRate(), scale));
        return g.sub(Decay.shrunk(g, parameter, slots.learningRate(), weightDecay), g.reshapeLike(step, parameter));
    }

    /** Those of the axes that have more than one element. */
    private static List<Dim> extents(TensorType type) {
        return type.dims().stream().filter(dim -> !dim.is(1)).toList();
    }

    /** A matrix with its singular values taken to about 1. */
    private Value orthogonal(GraphBuilder g, Value matrix) {
        Value x = g.div(matrix, g.add(g.reduce("ReduceL2", matrix, true, 0, 1), 1e-7));
        for (int left = iterations; left > 0; left -= AT_ONCE) {
            x = iterated(g, x, Math.min(left, AT_ONCE));
        }
        return x;
    }

    /**
     * Some iterations by products of the shorter side alone, each A being a polynomial of the first: with F = bA + cA², A
     * becomes (aI + F)A(aI + F), and what X is multiplied by, kept as tI + R, becomes (aI + F)(tI + R).
     */
    private static Value iterated(GraphBuilder g, Value x, int times) {
        boolean wide = x.dim(0).value() <= x.dim(1).value();
        Value square = g.matMul(x, !wide, x, wide);
        Value factor = factor(g, square);
        Value r = factor;
        double t = A;
        for (int i = 1; i < times; i++) {
            square = product(g, factor, product(g, factor, square));
            factor = factor(g, square);
            r = g.add(product(g, factor, r), g.mul(factor, t));
            t *= A;
        }
        return g.add(g.mul(x, t), wide ? g.matMul(r, x) : g.matMul(x, r));
    }

    /** bA + cA². */
    private static Value factor(GraphBuilder g, Value square) {
        return g.add(g.mul(square, B), g.mul(g.matMul(square, square), C));
    }

    /** (aI + F)M. */
    private static Value product(GraphBuilder g, Value factor, Value matrix) {
        return g.add(g.mul(matrix, A), g.matMul(factor, matrix));
    }
}
