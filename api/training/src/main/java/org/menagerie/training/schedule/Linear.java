package org.menagerie.training.schedule;

import ai.djl.training.tracker.LinearTracker;
import ai.djl.training.tracker.Tracker;

/**
 * A straight line from the learning rate down.
 *
 * @param end the rate after the last step, as a fraction of the first, in [0, 1]
 */
public record Linear(double end) implements Schedule {
    public Linear {
        requireEnd(end);
    }

    static void requireEnd(double end) {
        if (!(end >= 0 && end <= 1)) {
            throw new IllegalArgumentException(
                    "The end of a schedule is a fraction of the learning rate in [0, 1]; found " + end);
        }
    }

    @Override
    public Tracker tracker(double rate, int steps) {
        return LinearTracker.builder()
                .setBaseValue((float) rate)
                .optSlope((float) ((end - 1) * rate / steps))
                .optMaxUpdates(steps)
                .build();
    }
}
