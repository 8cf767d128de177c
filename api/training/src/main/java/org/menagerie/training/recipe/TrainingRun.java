package org.menagerie.training.recipe;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.menagerie.graph.Architecture;
import org.menagerie.graph.Graph;
import org.menagerie.graph.Parameter;
import org.menagerie.graph.Value;
import org.menagerie.graph.onnx.OnnxWriter;
import org.menagerie.runtime.SessionOptions;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Tensor;
import org.menagerie.spi.ZooException;
import org.menagerie.training.EpochReport;
import org.menagerie.training.Evaluator;
import org.menagerie.training.Judge;
import org.menagerie.training.Objective;
import org.menagerie.training.Saving;
import org.menagerie.training.StepGraph;
import org.menagerie.training.Trainer;
import org.menagerie.training.TrainerOptions;
import org.menagerie.training.TrainingListener;
import org.menagerie.training.data.BatchMemory;
import org.menagerie.training.data.BatchOrder;
import org.menagerie.training.data.Batches;
import org.menagerie.training.data.Dataset;
import org.menagerie.training.data.RandomStreams;
import org.menagerie.training.data.Splits;
import org.menagerie.training.data.Subset;
import org.menagerie.training.data.Transform;
import org.menagerie.training.ensemble.Ensemble;

/** Trains a subject by a plan on data, measures it on the test part, and exports it. */
public final class TrainingRun {
    private static final int EVALUATION_BATCH = 250;
    private static final int MOST_JUDGED = 1_000;
    private static final int TRIED = 4;

    private final Subject subject;
    private final Plan plan;
    private final SessionOptions options;
    private final Optional<EpochMeasure> measure;

    /** Nothing runs yet. The best epoch is chosen by what the graph of training reports. */
    public TrainingRun(Subject subject, Plan plan, SessionOptions options) {
        this(subject, plan, options, Optional.empty());
    }

    /**
     * Nothing runs yet.
     *
     * @param measure measures each epoch and chooses the best; empty for what the graph of training reports
     */
    public TrainingRun(Subject subject, Plan plan, SessionOptions options, Optional<EpochMeasure> measure) {
        this.measure = measure;
        this.subject = subject;
        this.plan = plan;
        this.options = options;
    }

    /**
     * What a run gave.
     *
     * @param networks the exported files, by artifact name
     * @param test metrics of the best weights on the test part, the loss first, those of {@link EpochMeasure} last
     * @param history a report for each epoch
     * @param statistics how images or rows were normalised; empty of other data, and where a kind makes the whole model
     */
    public record Result(
            Map<String, Path> networks,
            Map<String, Double> test,
            List<EpochReport> history,
            Optional<InputStatistics> statistics) {}

    /**
     * Holds the data against the network, as training does before its first step.
     *
     * @throws InvalidInputException if the data has labels or tokens that the network has no place for, fewer classes than
     *     the network, or fewer examples than a batch, or if more steps than an epoch has are to be taken at once
     */
    public void requireFit(Splits splits) {
        requireBatch(splits);
        requireSteps(splits);
        requireNames(splits);
        requireAugmentation(splits);
        Trainer.requireFit(subject.objective(), splits);
    }

    /** Tries the augmentations on a few examples, so that one that does not fit fails now and not in the middle of a run. */
    private void requireAugmentation(Splits splits) {
        int[] few = IntStream.range(0, Math.min(TRIED, splits.train().size())).toArray();
        Map<String, Tensor> batch = splits.train().batch(few, new BatchMemory());
        plan.augmentation().requireFit(batch);
        plan.augmentation().apply(batch, new RandomStreams(plan.seed()).at("trial"));
    }

    private void requireBatch(Splits splits) {
        int examples = splits.train().size();
        int batch = plan.batchSize(examples);
        if (examples < batch) {
            throw new InvalidInputException(
                    "The training part of '%s' has %,d examples, fewer than a batch of %,d; choose a batch size of at most %,d"
                            .formatted(splits.train().info().name(), examples, batch, Math.max(1, examples)));
        }
    }

    private void requireSteps(Splits splits) {
        int steps = stepsPerEpoch(splits);
        long bytes = splits.train().batch(0).values().stream()
                        .mapToLong(tensor -> tensor.bytes().capacity())
                        .max()
                        .orElse(1)
                * batchSize(splits);
        long limit = Math.min(steps, Integer.MAX_VALUE / Math.max(1, bytes));
        if (plan.stepsPerRun() > 1 && plan.stepsPerRun() > limit) {
            throw new InvalidInputException(
                    "stepsPerRun is at most %,d here: an epoch has %,d steps, and the largest input of one takes %,d bytes; found %,d"
                            .formatted(Math.max(1, limit), steps, bytes, plan.stepsPerRun()));
        }
    }

    /** A card lists the data's classes; a network with more of them could not be decoded by it. */
    private void requireNames(Splits splits) {
        int labels = splits.train().info().labels().size();
        if (labels == 0 || !subject.task().decoder().equals("classification")) {
            return;
        }
        for (Graph network : subject.networks().get().values()) {
            Value logits = network.outputs().get("logits");
            if (logits != null
                    && logits.rank() == 2
                    && logits.dim(1).isFixed()
                    && logits.dim(1).value() > labels) {
                throw new InvalidInputException(
                        "The network tells %,d classes apart, but '%s' names %,d, and the card could not name the others; build the network for %3$,d classes"
                                .formatted(
                                        logits.dim(1).value(),
                                        splits.train().info().name(),
                                        labels));
            }
        }
    }

    /** The number of examples per step of this run. */
    public int batchSize(Splits splits) {
        return plan.batchSize(splits.train().size());
    }

    /** The number of training steps per epoch of this run. */
    public int stepsPerEpoch(Splits splits) {
        return plan.stepsPerEpoch(splits.train().size());
    }

    /**
     * Trains and exports.
     *
     * @param folder where checkpoints, weights and the exported {@code NAME.onnx} go, or of several networks
     *     {@code NAME-NETWORK.onnx}
     * @param resume whether to go on from the folder's checkpoint, if there is one
     */
    public Result execute(Splits splits, Path folder, boolean resume, TrainingListener listener) {
        return execute(splits, folder, resume, Saving.DEFAULT, listener);
    }

    /**
     * Trains and exports, as {@link #execute(Splits, Path, boolean, TrainingListener)}.
     *
     * @param saving when there are checkpoints within an epoch, and when to stop
     * @throws org.menagerie.training.TrainingStoppedException if saving asks for it
     */
    public Result execute(Splits splits, Path folder, boolean resume, Saving saving, TrainingListener listener) {
        requireBatch(splits);
        NetworkJudge.clear(folder);
        Optional<InputStatistics> statistics =
                subject.task().whole() ? Optional.empty() : InputStatistics.of(splits.train());
        Transform preparation = statistics.map(InputStatistics::transform).orElse(Transform.NONE);
        Map<String, String> provenance = provenance(splits);
        Trainer.Storage storage = new Trainer.Storage(folder, resume, provenance, saving);
        Judge judge = judge(
                        (weights, place) -> result(place, subject.networks().get(), weights, statistics, provenance),
                        folder,
                        firstOf(splits.validation()))
                .orElse(Judge.BY_GRAPH);
        Trained trained = train(splits, preparation, storage, listener, judge);
        Map<String, Double> test = new LinkedHashMap<>();
        try (Evaluator evaluator = new Evaluator(trained.objective(), options)) {
            Batches batches = new Batches(splits.test(), BatchOrder.inOrder(EVALUATION_BATCH), preparation);
            test.putAll(evaluator.evaluate(batches, trained.weights()));
        }
        judge(
                        (weights, place) -> result(place, trained.networks(), weights, statistics, provenance),
                        folder,
                        splits.test())
                .ifPresent(each -> test.putAll(each.figures(trained.weights())));
        return new Result(
                export(folder, trained.networks(), trained.weights(), provenance), test, trained.history(), statistics);
    }

    /** What measures networks as they will be used; empty where the graph of training measures them. */
    private Optional<Judge> judge(BiFunction<Map<String, Tensor>, Path, Result> export, Path folder, Dataset part) {
        return measure.map(each -> new NetworkJudge(each, export, folder, part));
    }

    /** Enough examples to tell epochs apart. */
    private static Dataset firstOf(Dataset part) {
        return part.size() <= MOST_JUDGED
                ? part
                : Subset.range(part, part.info().name(), 0, MOST_JUDGED);
    }

    /** Networks that are to be measured. */
    private Result result(
            Path place,
            Map<String, Graph> networks,
            Map<String, Tensor> weights,
            Optional<InputStatistics> statistics,
            Map<String, String> provenance) {
        return new Result(export(place, networks, weights, provenance), Map.of(), List.of(), statistics);
    }

    /** What came of training: one network, or several as one. */
    private record Trained(
            Objective objective, Map<String, Graph> networks, Map<String, Tensor> weights, List<EpochReport> history) {}

    private Trained train(
            Splits splits, Transform preparation, Trainer.Storage storage, TrainingListener listener, Judge judge) {
        if (plan.ensemble().isEmpty()) {
            Trainer.Outcome outcome = outcome(plan.seed(), splits, preparation, storage, listener, judge);
            return new Trained(subject.objective(), subject.networks().get(), outcome.weights(), outcome.history());
        }
        CommitteeTraining members = new CommitteeTraining(
                plan.ensemble().get(),
                subject.network(),
                (seed, examples, own, hears) ->
                        outcome(seed, examples, preparation, own, hears, judge).weights());
        Ensemble ensemble = members.execute(splits, storage, plan.seed(), plan.epochs(), listener);
        return new Trained(
                CommitteeTraining.objective(ensemble),
                Map.of(Architecture.MODEL, ensemble.graph()),
                ensemble.weights(),
                members.history());
    }

    private Trainer.Outcome outcome(
            long seed,
            Splits splits,
            Transform preparation,
            Trainer.Storage storage,
            TrainingListener listener,
            Judge judge) {
        StepGraph.Settings settings = StepGraph.Settings.of(plan.optimizer())
                .withClipping(plan.clipping())
                .withPenalty(plan.penalty())
                .withRules(plan.rules())
                .withTrains(subject.trains());
        TrainerOptions ofNetwork = plan.forData(splits.train().size(), seed, preparation);
        return new Trainer(subject.objective(), settings, ofNetwork, options, judge)
                .train(splits, subject.pretrained(), storage, listener);
    }

    /** What identifies the run: with the same, a checkpoint may be resumed and an exported file repeated. */
    private Map<String, String> provenance(Splits splits) {
        Map<String, String> provenance = new TreeMap<>(subject.provenance());
        provenance.put("menagerie.name", subject.name());
        provenance.put("menagerie.recipe", plan.provenance());
        provenance.put("menagerie.data", splits.train().info().name());
        provenance.put("menagerie.data.sha256", splits.train().info().sha256());
        provenance.put("menagerie.threads", Integer.toString(options.threads()));
        provenance.put("menagerie.version", Versions.menagerie());
        provenance.put("menagerie.onnxruntime", Versions.onnxRuntime());
        return provenance;
    }

    private Map<String, Path> export(
            Path folder, Map<String, Graph> networks, Map<String, Tensor> weights, Map<String, String> provenance) {
        Map<String, Path> files = new LinkedHashMap<>();
        networks.forEach((artifact, network) -> {
            String suffix = artifact.equals(Architecture.MODEL) ? "" : "-" + artifact;
            Path file = folder.resolve(subject.name() + suffix + ".onnx");
            try {
                OnnxWriter.write(file, network, Parameter.tensors(network.parameters(), weights), provenance);
            } catch (IOException e) {
                throw new ZooException("'%s' cannot be written: %s".formatted(file, e.getMessage()), e);
            }
            files.put(artifact, file);
        });
        return files;
    }
}
