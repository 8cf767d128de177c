package org.menagerie.training.schedule;

import ai.djl.training.tracker.Tracker;

/**
 * Grows in equal parts to the learning rate and then falls with the inverse root of the step (Vaswani 2017, equation 3, "Noam"). The
 * paper's rate is this one with a learning rate of (width · warmup)^−0.5, 0.0007 for its base model.
 *
 * @param warmup steps until the learning rate is reached, at least 1
 */
public record InverseSquareRoot(int warmup) implements Schedule {
    public InverseSquareRoot {
        if (warmup < 1) {
            throw new IllegalArgumentException("The rate grows during at least one step; found warmup=" + warmup);
        }
    }

    @Override
    public Tracker tracker(double rate, int steps) {
        return step -> {
            double at = step + 1.0;
            return (float) (rate * Math.min(at / warmup, Math.sqrt(warmup / at)));
        };
    }
}
