package org.menagerie.training.optimizer;

import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Backtracking (Nocedal and Wright 2006, algorithm 3.1): the step is made shorter until the loss has fallen by enough
 * (Armijo's condition): f(x + αp) ≤ f(x) + cα·pᵀ∇f(x).
 *
 * @param decrease c, in (0, 1): which part of the fall that the slope promises is enough
 * @param contraction by which the step is multiplied, in (0, 1)
 * @param trials how many lengths are tried
 */
public record LineSearch(double decrease, double contraction, int trials) {
    public LineSearch {
        requireInside("decrease", decrease);
        requireInside("contraction", contraction);
        if (trials < 1) {
            throw new IllegalArgumentException("A line search tries at least one length; found " + trials);
        }
    }

    private static void requireInside(String name, double value) {
        if (!(value > 0 && value < 1)) {
            throw new IllegalArgumentException("The %s of a line search is in (0, 1); found %s".formatted(name, value));
        }
    }

    /** The book's c = 1e-4, halving, down to 2⁻²⁹ of the first step. */
    public static LineSearch defaults() {
        return new LineSearch(1e-4, 0.5, 30);
    }

    /**
     * Where a search ended.
     *
     * @param point the new point
     * @param loss at the new point
     * @param length α
     */
    public record Found(double[] point, double loss, double length) {}

    /**
     * Searches along a direction.
     *
     * @param loss at {@code from}
     * @param slope gradient times direction, below zero
     * @param first the length that is tried first
     * @param losses the loss at any point
     * @return empty if no length that was tried makes the loss fall by enough: the point is as low as rounding lets one see
     */
    public Optional<Found> along(
            double[] from,
            double[] direction,
            double loss,
            double slope,
            double first,
            ToDoubleFunction<double[]> losses) {
        double length = first;
        for (int trial = 0; trial < trials; trial++) {
            double[] point = Vectors.plus(from, length, direction);
            double there = losses.applyAsDouble(point);
            if (there <= loss + decrease * length * slope) {
                return Optional.of(new Found(point, there, length));
            }
            length *= contraction;
        }
        return Optional.empty();
    }
}
