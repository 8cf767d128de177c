package org.menagerie.training;

import ai.djl.training.tracker.Tracker;
import org.menagerie.training.data.Transform;

/**
 * How long and with what a training goes.
 *
 * @param epochs how many times the training data is gone through
 * @param batchSize examples a step
 * @param seed of initial weights, order, augmentation and noise
 * @param schedule the learning rate by step, counted from 0 as DJL's trackers count
 * @param augmentation applied to training batches, by chance
 * @param preparation applied to every batch afterwards, such as normalisation
 * @param patience epochs without improvement after which training stops early; 0 for never
 */
public record TrainingPlan(
        int epochs,
        int batchSize,
        long seed,
        Tracker schedule,
        Transform augmentation,
        Transform preparation,
        int patience) {
    public TrainingPlan {
        if (epochs < 1 || batchSize < 1 || patience < 0) {
            throw new IllegalArgumentException(
                    "A plan needs at least one epoch, a batch of one and no negative patience;"
                            + " found %d epochs, batch %d, patience %d".formatted(epochs, batchSize, patience));
        }
    }
}
