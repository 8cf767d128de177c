package org.menagerie.training;

import java.util.Map;

/** Hears how a training goes, from the thread that trains. */
public interface TrainingListener {
    /** Hears nothing. */
    TrainingListener NONE = new TrainingListener() {};

    /**
     * Before each member of an ensemble that are trained one after the other.
     *
     * @param number counted from 1
     */
    default void memberStarted(int number, int count) {}

    /**
     * After each step.
     *
     * @param step counted from 1 over the whole training
     * @param metrics of this step's batch, the loss first
     */
    default void stepped(long step, Map<String, Double> metrics) {}

    /** After each epoch and its checkpoint. */
    default void epochEnded(EpochReport report) {}

    /** This listener, and another that hears everything before it. */
    default TrainingListener after(TrainingListener first) {
        TrainingListener second = this;
        return new TrainingListener() {
            @Override
            public void memberStarted(int number, int count) {
                first.memberStarted(number, count);
                second.memberStarted(number, count);
            }

            @Override
            public void stepped(long step, Map<String, Double> metrics) {
                first.stepped(step, metrics);
                second.stepped(step, metrics);
            }

            @Override
            public void epochEnded(EpochReport report) {
                first.epochEnded(report);
                second.epochEnded(report);
            }
        };
    }
}
