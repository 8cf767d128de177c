package org.menagerie.training.schedule;

import ai.djl.training.tracker.Tracker;
import org.menagerie.spi.InvalidInputException;

/**
 * The course of a learning rate over a training, as one of DJL's trackers, which count steps from 0. The rate depends on the
 * step alone, so that a resumed training meets the same rates. DJL's own warm-up and multi-factor trackers are not used: the
 * first does not end at the rate where the next schedule begins, and the second remembers the steps it was asked for.
 */
@FunctionalInterface
public interface Schedule {
    /**
     * The rate by step.
     *
     * @param rate the learning rate to start from, positive
     * @param steps the number of steps of the whole course, at least 1
     */
    Tracker tracker(double rate, int steps);

    /**
     * The rate of a whole training, which may grow from zero first (Goyal 2017, section 2.2).
     *
     * @param length steps of the whole training
     * @param warmup steps during which the rate grows in equal parts to where this schedule begins, which has the rest
     * @throws InvalidInputException if there is no step, or the rate is not positive
     */
    default Tracker tracker(double rate, long length, long warmup) {
        if (!(rate > 0) || length < 1 || warmup < 0) {
            throw new InvalidInputException(
                    "A schedule needs a positive learning rate, at least one step and no negative warm-up; found"
                            + " rate %s, %,d steps, warm-up %,d".formatted(rate, length, warmup));
        }
        if (Math.max(length, warmup) > Integer.MAX_VALUE) {
            throw new InvalidInputException("A training has at most %,d steps; found %,d"
                    .formatted(Integer.MAX_VALUE, Math.max(length, warmup)));
        }
        int first = (int) warmup;
        Tracker main = tracker(rate, (int) Math.max(1, length - warmup));
        return first == 0
                ? main
                : step -> step < first ? main.getNewValue(0) * step / first : main.getNewValue(step - first);
    }
}
