package org.menagerie.training.schedule;

import ai.djl.training.tracker.Tracker;

/** The same learning rate at every step. */
public record ConstantRate() implements Schedule {
    @Override
    public Tracker tracker(double rate, int steps) {
        return Tracker.fixed((float) rate);
    }
}
