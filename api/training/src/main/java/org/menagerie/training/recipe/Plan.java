package org.menagerie.training.recipe;

import ai.djl.training.tracker.Tracker;
import java.util.Optional;
import org.menagerie.graph.gradient.GradientRules;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.training.Clipping;
import org.menagerie.training.Penalty;
import org.menagerie.training.TrainerOptions;
import org.menagerie.training.data.Transform;
import org.menagerie.training.optimizer.BatchRule;
import org.menagerie.training.optimizer.Optimizer;
import org.menagerie.training.optimizer.SecondOrder;
import org.menagerie.training.schedule.Schedule;

/**
 * A complete recipe: every default is written out, and every kind is resolved.
 *
 * @param epochs number of passes through the training data
 * @param batchSize examples per step, {@link BatchRule#ALL} for all of them
 * @param seed seed of everything random
 * @param optimizer moves the parameters
 * @param learningRate the rate that the schedule starts from
 * @param schedule how the rate changes
 * @param warmup epochs during which the rate first grows from zero
 * @param augmentation changes training batches by chance
 * @param clipping limits the gradients
 * @param penalty is added to the loss
 * @param rules gradient rules
 * @param patience epochs without improvement after which training ends; 0 for never
 * @param stepsPerRun how many steps one run of the runtime takes
 * @param replicas how many parts of a batch are computed side by side
 * @param ensemble several networks in place of one
 * @param provenance the recipe with its defaults as JSON: runs with the same text are repetitions of each other
 */
public record Plan(
        int epochs,
        int batchSize,
        long seed,
        Optimizer optimizer,
        double learningRate,
        Schedule schedule,
        int warmup,
        Transform augmentation,
        Clipping clipping,
        Penalty penalty,
        GradientRules rules,
        int patience,
        int stepsPerRun,
        int replicas,
        Optional<Committee> ensemble,
        String provenance) {
    public Plan {
        if (warmup > epochs) {
            throw new InvalidInputException(
                    "The warm-up of %d epochs is longer than the training of %d".formatted(warmup, epochs));
        }
        if (optimizer instanceof SecondOrder && stepsPerRun > 1) {
            throw new InvalidInputException("Newton's method takes one step a run; found %d".formatted(stepsPerRun));
        }
        if (replicas > 1 && optimizer instanceof SecondOrder) {
            throw new InvalidInputException(
                    "Newton's method takes whole batches; found %d replicas".formatted(replicas));
        }
        if (replicas > 1 && stepsPerRun > 1) {
            throw new InvalidInputException("Replicas take one step a run; found %d replicas and %d steps a run"
                    .formatted(replicas, stepsPerRun));
        }
        if (batchSize != BatchRule.ALL && replicas > batchSize) {
            throw new InvalidInputException(
                    "Each replica needs an example of every batch; found %d replicas and a batch of %d"
                            .formatted(replicas, batchSize));
        }
    }

    /**
     * The number of examples per step.
     *
     * @param examples the number of training examples
     */
    public int batchSize(int examples) {
        return batchSize == BatchRule.ALL ? examples : batchSize;
    }

    /** The number of training steps per epoch. */
    public int stepsPerEpoch(int examples) {
        return examples / batchSize(examples);
    }

    /**
     * The plan for data of some size.
     *
     * @param networkSeed the seed of this network, which members of an ensemble have their own of
     */
    TrainerOptions forData(int examples, long networkSeed, Transform preparation) {
        long steps = stepsPerEpoch(examples);
        Tracker rates = schedule.tracker(learningRate, steps * epochs, steps * warmup);
        return new TrainerOptions(
                epochs,
                batchSize(examples),
                networkSeed,
                rates,
                augmentation,
                preparation,
                patience,
                stepsPerRun,
                replicas);
    }
}
