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
 * @param patience epochs without improvement after which training stops early (Prechelt 1998); 0 for never
 * @param stepsPerRun how many steps one run of the runtime takes; the results are the same to the bit
 * @param replicas how many parts of a batch are computed side by side, on one thread each
 */
public record TrainerOptions(
        int epochs,
        int batchSize,
        long seed,
        Tracker schedule,
        Transform augmentation,
        Transform preparation,
        int patience,
        int stepsPerRun,
        int replicas) {
    public TrainerOptions {
        if (epochs < 1 || batchSize < 1 || patience < 0 || stepsPerRun < 1 || replicas < 1) {
            throw new IllegalArgumentException(
                    "A plan needs at least one epoch, a batch of one, no negative patience, one step a run and one replica;"
                            + " found %d epochs, batch %d, patience %d, %d steps a run, %d replicas"
                                    .formatted(epochs, batchSize, patience, stepsPerRun, replicas));
        }
        if (stepsPerRun > 1 && replicas > 1) {
            throw new IllegalArgumentException("Replicas take one step a run; found %d replicas and %d steps a run"
                    .formatted(replicas, stepsPerRun));
        }
        if (replicas > batchSize) {
            throw new IllegalArgumentException(
                    "Each replica needs an example of every batch; found %d replicas and a batch of %d"
                            .formatted(replicas, batchSize));
        }
    }

    /** One step a run, on whole batches. */
    public TrainerOptions(
            int epochs,
            int batchSize,
            long seed,
            Tracker schedule,
            Transform augmentation,
            Transform preparation,
            int patience) {
        this(epochs, batchSize, seed, schedule, augmentation, preparation, patience, 1, 1);
    }

    public TrainerOptions withStepsPerRun(int count) {
        return new TrainerOptions(
                epochs, batchSize, seed, schedule, augmentation, preparation, patience, count, replicas);
    }

    public TrainerOptions withReplicas(int count) {
        return new TrainerOptions(
                epochs, batchSize, seed, schedule, augmentation, preparation, patience, stepsPerRun, count);
    }
}
