package org.menagerie.training.schedule;

import ai.djl.training.tracker.Tracker;

/**
 * Half a cosine from the learning rate down (Loshchilov 2017).
 *
 * @param end the rate after the last step, as a fraction of the first, in [0, 1]
 */
public record Cosine(double end) implements Schedule {
    public Cosine {
        Linear.requireEnd(end);
    }

    @Override
    public Tracker tracker(double rate, int steps) {
        return Tracker.cosine()
                .setBaseValue((float) rate)
                .optFinalValue((float) (rate * end))
                .setMaxUpdates(steps)
                .build();
    }
}
