package org.menagerie.training.schedule;

import ai.djl.training.tracker.Tracker;
import java.util.List;

/**
 * A learning rate that falls in steps.
 *
 * @param factor by which the rate is multiplied at each step, in (0, 1)
 * @param at where the steps are, as fractions of the training in (0, 1), in ascending order
 */
public record Staircase(double factor, List<Double> at) implements Schedule {
    public Staircase {
        at = List.copyOf(at);
        if (!(factor > 0 && factor < 1)) {
            throw new IllegalArgumentException("The factor of a step is in (0, 1); found " + factor);
        }
        double last = 0;
        for (double point : at) {
            if (!(point > last && point < 1)) {
                throw new IllegalArgumentException("Steps are at ascending fractions in (0, 1); found " + at);
            }
            last = point;
        }
        if (at.isEmpty()) {
            throw new IllegalArgumentException("A schedule of steps needs at least one; a rate without is 'constant'");
        }
    }

    /** A tenth from the half of the training on, a hundredth from three quarters on. */
    public static Staircase defaults() {
        return new Staircase(0.1, List.of(0.5, 0.75));
    }

    @Override
    public Tracker tracker(double rate, int steps) {
        return step -> {
            long passed =
                    at.stream().filter(point -> step >= (long) (point * steps)).count();
            return (float) (rate * Math.pow(factor, (double) passed));
        };
    }
}
