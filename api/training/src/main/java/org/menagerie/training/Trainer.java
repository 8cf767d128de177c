package org.menagerie.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.menagerie.graph.Parameter;
import org.menagerie.runtime.SessionOptions;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Tensor;
import org.menagerie.spi.ZooException;
import org.menagerie.training.data.Splits;
import org.menagerie.training.optimizer.SecondOrder;
import org.menagerie.weights.Safetensors;

/**
 * Trains a network epoch by epoch and keeps its best weights. A training that was cut and is resumed ends with the same
 * bits as one that was not, given the same machine, thread count and versions.
 */
public final class Trainer {
    /** The file of the best weights in a training's folder. */
    public static final String BEST = "best.safetensors";

    /** The file in a training's folder that it resumes from: parameters, optimizer state and history. */
    public static final String CHECKPOINT = "checkpoint.safetensors";

    private final Objective objective;
    private final StepGraph.Settings settings;
    private final TrainerOptions plan;
    private final SessionOptions options;
    private final Judge judge;

    /** A trainer that keeps the best weights by what the graph reports. */
    public Trainer(Objective objective, StepGraph.Settings settings, TrainerOptions plan, SessionOptions options) {
        this(objective, settings, plan, options, Judge.BY_GRAPH);
    }

    public Trainer(
            Objective objective,
            StepGraph.Settings settings,
            TrainerOptions plan,
            SessionOptions options,
            Judge judge) {
        this.judge = judge;
        this.objective = objective;
        this.settings = settings;
        this.plan = plan;
        this.options = options;
    }

    /**
     * Where a training keeps its files.
     *
     * @param folder for checkpoint and best weights
     * @param resume whether to go on from the folder's checkpoint; without one, training starts anew
     * @param identity what identifies data, recipe and versions, by setting
     * @param saving when there are checkpoints within an epoch
     */
    public record Storage(Path folder, boolean resume, Map<String, String> identity, Saving saving) {
        public Storage {
            identity = Map.copyOf(identity);
        }

        public Storage(Path folder, boolean resume, Map<String, String> identity) {
            this(folder, resume, identity, Saving.DEFAULT);
        }
    }

    /**
     * What a training gave.
     *
     * @param weights the best weights, as the judge compares epochs
     * @param history a report for each epoch
     */
    public record Outcome(Map<String, Tensor> weights, List<EpochReport> history) {}

    public Outcome train(Splits splits, Storage storage, TrainingListener listener) {
        return train(splits, Map.of(), storage, listener);
    }

    /**
     * Trains.
     *
     * @param pretrained weights that replace the initial ones of the same name
     * @throws InvalidInputException if the data has labels or tokens that the network has no place for
     * @throws TrainingStoppedException if the storage's saving asks for it
     */
    public Outcome train(Splits splits, Map<String, Tensor> pretrained, Storage storage, TrainingListener listener) {
        IndexCheck.require(objective, splits);
        Optional<Checkpoint> checkpoint = checkpoint(storage);
        Map<String, Parameter> network;
        List<EpochReport> history;
        if (settings.optimizer() instanceof SecondOrder) {
            if (plan.stepsPerRun() > 1) {
                throw new InvalidInputException(
                        "Newton's method takes one step a run; found %d".formatted(plan.stepsPerRun()));
            }
            network = NewtonSteps.parameters(objective);
            Map<String, Tensor> start = start(network, pretrained, checkpoint);
            try (Steps steps = new NewtonSteps(objective, settings, start, options, plan.seed())) {
                history = new TrainingLoop(plan, splits, steps, network, storage, listener, judge)
                        .run(objective, options, checkpoint);
            }
        } else if (plan.replicas() > 1) {
            SplitTraining training = SplitTraining.of(objective, settings, plan.replicas());
            network = training.network();
            Map<String, Tensor> start = start(training.all(), pretrained, checkpoint);
            try (Steps steps = new ReplicaSteps(training, start, plan.replicas(), options, plan.seed())) {
                history = new TrainingLoop(plan, splits, steps, network, storage, listener, judge)
                        .run(objective, options, checkpoint);
            }
        } else {
            StepGraph training = StepGraph.of(objective, settings);
            network = training.network();
            Map<String, Tensor> start = start(training.all(), pretrained, checkpoint);
            try (StepRunner runner = new StepRunner(training, start, options, plan.seed());
                    Steps steps = new StepBlocks(training, runner, plan.stepsPerRun(), options)) {
                history = new TrainingLoop(plan, splits, steps, network, storage, listener, judge)
                        .run(objective, options, checkpoint);
            }
        }
        Safetensors best = Safetensors.read(storage.folder().resolve(BEST));
        return new Outcome(Parameter.tensors(network, best.tensors()), history);
    }

    /**
     * Holds data against an objective.
     *
     * @throws InvalidInputException if the data has labels or tokens that the network has no place for
     */
    public static void requireFit(Objective objective, Splits splits) {
        IndexCheck.require(objective, splits);
    }

    /** The one to go on from; of a training that starts anew, an earlier one's files are removed. */
    private static Optional<Checkpoint> checkpoint(Storage storage) {
        if (storage.resume()) {
            return Checkpoint.read(storage.folder(), storage.identity());
        }
        try {
            Files.deleteIfExists(storage.folder().resolve(CHECKPOINT));
            Files.deleteIfExists(storage.folder().resolve(BEST));
        } catch (IOException e) {
            throw new ZooException(
                    "Folder '%s' has files of an earlier training that cannot be removed: %s"
                            .formatted(storage.folder(), e.getMessage()),
                    e);
        }
        return Optional.empty();
    }

    private Map<String, Tensor> start(
            Map<String, Parameter> parameters, Map<String, Tensor> pretrained, Optional<Checkpoint> checkpoint) {
        Map<String, Tensor> start = Weights.initial(parameters, plan.seed());
        start.putAll(pretrained);
        checkpoint.ifPresent(found -> start.putAll(found.tensors()));
        return start;
    }
}
