package org.menagerie.training;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Parameter;
import org.menagerie.runtime.SessionOptions;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Tensor;
import org.menagerie.spi.ZooException;
import org.menagerie.training.checkpoint.Safetensors;
import org.menagerie.training.data.Batch;
import org.menagerie.training.data.BatchPlan;
import org.menagerie.training.data.BatchStream;
import org.menagerie.training.data.Batches;
import org.menagerie.training.data.Splits;
import org.menagerie.training.data.Transform;
import org.menagerie.training.metrics.Mean;
import org.menagerie.training.optimizer.SecondOrder;

/**
 * Trains a network epoch by epoch and keeps its best weights. A training that was cut and is resumed ends with the same
 * bits as one that was not, given the same machine, thread count and versions.
 */
public final class Trainer {
    /** The file of the best weights in a training's folder. */
    public static final String BEST = "best.safetensors";

    /** The file in a training's folder that it resumes from: parameters, optimizer state and history. */
    public static final String CHECKPOINT = "checkpoint.safetensors";

    private static final int EVALUATION_BATCH = 250;

    private final Objective objective;
    private final TrainingGraph.Settings settings;
    private final TrainingPlan plan;
    private final SessionOptions options;

    public Trainer(Objective objective, TrainingGraph.Settings settings, TrainingPlan plan, SessionOptions options) {
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
     * @param fingerprint what identifies data, recipe and versions
     */
    public record Storage(Path folder, boolean resume, String fingerprint) {}

    /**
     * What a training gave.
     *
     * @param weights the best weights by validation accuracy, or by validation loss where there is no accuracy
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
     */
    public Outcome train(Splits splits, Map<String, Tensor> pretrained, Storage storage, TrainingListener listener) {
        Optional<Checkpoint> checkpoint =
                storage.resume() ? Checkpoint.read(storage.folder(), storage.fingerprint()) : Optional.empty();
        List<EpochReport> history =
                new ArrayList<>(checkpoint.map(Checkpoint::history).orElse(List.of()));
        Map<String, Parameter> network;
        if (settings.optimizer() instanceof SecondOrder) {
            if (plan.stepsPerRun() > 1) {
                throw new InvalidInputException(
                        "Newton's method takes one step a run; found %d".formatted(plan.stepsPerRun()));
            }
            network = NewtonSteps.parameters(objective);
            Map<String, Tensor> start = start(network, pretrained, checkpoint);
            try (Steps steps = new NewtonSteps(objective, settings, start, options, plan.seed())) {
                train(splits, steps, network, history, storage, listener);
            }
        } else {
            TrainingGraph training = TrainingGraph.of(objective, settings);
            network = training.network();
            Map<String, Tensor> start = start(training.all(), pretrained, checkpoint);
            try (StepRunner runner = new StepRunner(training, start, options, plan.seed());
                    Steps steps = new StepBlocks(training, runner, plan.stepsPerRun(), options)) {
                train(splits, steps, network, history, storage, listener);
            }
        }
        Safetensors best = Safetensors.read(storage.folder().resolve(BEST));
        return new Outcome(Weights.of(network, best.tensors()), history);
    }

    private Map<String, Tensor> start(
            Map<String, Parameter> parameters, Map<String, Tensor> pretrained, Optional<Checkpoint> checkpoint) {
        Map<String, Tensor> start = Weights.initial(parameters, plan.seed());
        start.putAll(pretrained);
        checkpoint.ifPresent(found -> start.putAll(found.tensors()));
        return start;
    }

    private void train(
            Splits splits,
            Steps steps,
            Map<String, Parameter> network,
            List<EpochReport> history,
            Storage storage,
            TrainingListener listener) {
        BatchPlan shuffled =
                BatchPlan.shuffled(plan.batchSize(), plan.seed()).droppingLast().prefetching();
        Batches batches = new Batches(splits.train(), shuffled, Transform.of(plan.augmentation(), plan.preparation()));
        Batches validation = new Batches(splits.validation(), BatchPlan.inOrder(EVALUATION_BATCH), plan.preparation());
        try (Evaluator evaluator = new Evaluator(objective, options);
                BatchStream stream = batches.stream(history.size(), 0)) {
            while (history.size() < plan.epochs() && !outOfPatience(history)) {
                Map<String, Double> train = epoch(history.size(), steps, batches, stream, listener);
                Map<String, Double> measured = evaluator.evaluate(validation, steps.state());
                boolean best = history.stream().allMatch(report -> better(measured, report.validation()));
                EpochReport report = new EpochReport(history.size() + 1, train, measured, best);
                history.add(report);
                if (best) {
                    new Safetensors(Weights.of(network, steps.state()), Map.of("epoch", "" + report.epoch()))
                            .write(storage.folder().resolve(BEST));
                }
                new Checkpoint(steps.state(), history, storage.fingerprint()).write(storage.folder());
                listener.epochEnded(report);
            }
        }
    }

    private Map<String, Double> epoch(
            int epoch, Steps steps, Batches batches, BatchStream stream, TrainingListener listener) {
        Map<String, Mean> means = new LinkedHashMap<>();
        for (int i = 0; i < batches.stepsPerEpoch(); i++) {
            Batch batch = stream.next();
            long step = (long) epoch * batches.stepsPerEpoch() + i;
            steps.add(step + 1, plan.schedule().getNewValue((int) step), fed(batch, step, batches.stepsPerEpoch()));
            boolean last = i == batches.stepsPerEpoch() - 1;
            for (Steps.Done done : last ? steps.flush() : steps.done()) {
                requireFinite(done);
                done.metrics()
                        .forEach((name, value) ->
                                means.computeIfAbsent(name, key -> new Mean()).add(value, plan.batchSize()));
                listener.stepped(done.step(), done.metrics());
            }
        }
        Map<String, Double> results = new LinkedHashMap<>();
        means.forEach((name, mean) -> results.put(name, mean.result()));
        return results;
    }

    /** A batch, and how far training has come. */
    private Map<String, Tensor> fed(Batch batch, long step, int stepsPerEpoch) {
        long last = Math.max(1, (long) plan.epochs() * stepsPerEpoch - 1);
        Map<String, Tensor> fed = new LinkedHashMap<>(batch.tensors());
        fed.put(GraphBuilder.PROGRESS, Tensor.scalar((float) step / last));
        return fed;
    }

    private static void requireFinite(Steps.Done done) {
        double loss = done.metrics().getOrDefault(TrainingGraph.LOSS, Double.NaN);
        if (!Double.isFinite(loss)) {
            throw new ZooException(
                    ("Training diverged: the loss is %s at step %,d with learning rate %s and gradient norm"
                                    + " %s; lower the learning rate or clip gradients")
                            .formatted(
                                    loss,
                                    done.step(),
                                    done.learningRate(),
                                    done.metrics().get(TrainingGraph.GRADIENT_NORM)));
        }
    }

    private static boolean better(Map<String, Double> now, Map<String, Double> before) {
        Double accuracy = now.get("accuracy");
        return accuracy != null
                ? accuracy > before.getOrDefault("accuracy", Double.NEGATIVE_INFINITY)
                : now.getOrDefault(TrainingGraph.LOSS, Double.NaN)
                        < before.getOrDefault(TrainingGraph.LOSS, Double.POSITIVE_INFINITY);
    }

    private boolean outOfPatience(List<EpochReport> history) {
        int since = 0;
        for (EpochReport report : history) {
            since = report.best() ? 0 : since + 1;
        }
        return plan.patience() > 0 && since >= plan.patience();
    }
}
