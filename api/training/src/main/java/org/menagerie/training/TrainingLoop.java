package org.menagerie.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Parameter;
import org.menagerie.runtime.SessionOptions;
import org.menagerie.spi.Tensor;
import org.menagerie.spi.ZooException;
import org.menagerie.training.data.Batch;
import org.menagerie.training.data.BatchOrder;
import org.menagerie.training.data.BatchStream;
import org.menagerie.training.data.Batches;
import org.menagerie.training.data.Splits;
import org.menagerie.training.data.Transform;
import org.menagerie.training.metrics.Mean;
import org.menagerie.weights.Safetensors;

/** The steps and epochs of one training, from its start or from a checkpoint, and the files that it leaves on its way. */
final class TrainingLoop {
    private static final int EVALUATION_BATCH = 250;

    private final TrainerOptions plan;
    private final Steps steps;
    private final Map<String, Parameter> network;
    private final Trainer.Storage storage;
    private final TrainingListener listener;
    private final Judge judge;
    private final Batches batches;
    private final Batches validation;
    private final List<EpochReport> history = new ArrayList<>();
    private final Map<String, Mean> means = new LinkedHashMap<>();
    private long saved = System.nanoTime();

    /** @param steps stay the caller's */
    TrainingLoop(
            TrainerOptions plan,
            Splits splits,
            Steps steps,
            Map<String, Parameter> network,
            Trainer.Storage storage,
            TrainingListener listener,
            Judge judge) {
        this.plan = plan;
        this.judge = judge;
        this.steps = steps;
        this.network = network;
        this.storage = storage;
        this.listener = listener;
        BatchOrder shuffled = BatchOrder.shuffled(plan.batchSize(), plan.seed())
                .droppingLast()
                .prefetching();
        batches = new Batches(splits.train(), shuffled, Transform.of(plan.augmentation(), plan.preparation()));
        validation = new Batches(splits.validation(), BatchOrder.inOrder(EVALUATION_BATCH), plan.preparation());
    }

    /** Runs to the last epoch, or until patience is at its end, and gives a report for each epoch. */
    List<EpochReport> run(Objective objective, SessionOptions options, Optional<Checkpoint> checkpoint) {
        Checkpoint.Position from = checkpoint.map(Checkpoint::position).orElse(Checkpoint.Position.START);
        checkpoint.ifPresent(found -> history.addAll(found.history()));
        from.means().forEach((name, state) -> means.put(name, new Mean(state)));
        int first = from.steps();
        try (Evaluator evaluator = new Evaluator(objective, options);
                BatchStream stream = batches.stream(history.size(), first)) {
            while (!done()) {
                Map<String, Double> train = epoch(first, stream);
                first = 0;
                ended(train, evaluator.evaluate(validation, steps.state()));
                if (stopped() && !done()) {
                    throw stop(0);
                }
            }
        }
        return List.copyOf(history);
    }

    private boolean done() {
        return history.size() >= plan.epochs() || outOfPatience();
    }

    private Map<String, Double> epoch(int first, BatchStream stream) {
        int count = batches.stepsPerEpoch();
        for (int i = first; i < count; i++) {
            Batch batch = stream.next();
            long step = (long) history.size() * count + i;
            steps.add(step + 1, plan.schedule().getNewValue((int) step), fed(batch, step));
            boolean last = i == count - 1;
            boolean stop = stopped();
            boolean save = !last && (stop || due());
            for (Steps.Done done : last || save ? steps.flush() : steps.done()) {
                took(done);
            }
            if (save) {
                save(i + 1);
            }
            if (stop && !last) {
                throw stop(i + 1);
            }
        }
        Map<String, Double> results = new LinkedHashMap<>();
        means.forEach((name, mean) -> results.put(name, mean.result()));
        means.clear();
        return results;
    }

    private void took(Steps.Done done) {
        requireFinite(done);
        done.metrics()
                .forEach((name, value) ->
                        means.computeIfAbsent(name, key -> new Mean()).add(value, plan.batchSize()));
        listener.stepped(done.step(), done.metrics());
    }

    private void ended(Map<String, Double> train, Map<String, Double> byGraph) {
        Map<String, Double> measured = new LinkedHashMap<>(byGraph);
        measured.putAll(judge.figures(Parameter.tensors(network, steps.state())));
        boolean best = history.stream().allMatch(report -> judge.better(measured, report.validation()));
        EpochReport report = new EpochReport(history.size() + 1, train, measured, best);
        history.add(report);
        if (best) {
            new Safetensors(Parameter.tensors(network, steps.state()), Map.of("epoch", "" + report.epoch()))
                    .write(storage.folder().resolve(Trainer.BEST));
        }
        save(0);
        listener.epochEnded(report);
    }

    private boolean stopped() {
        return storage.saving().stop().getAsBoolean();
    }

    private boolean due() {
        long every = storage.saving().every().toNanos();
        return every > 0 && System.nanoTime() - saved >= every;
    }

    /** Writes a checkpoint after so many steps of an epoch. */
    private void save(int inEpoch) {
        Map<String, Mean.State> states = new LinkedHashMap<>();
        means.forEach((name, mean) -> states.put(name, mean.state()));
        new Checkpoint(steps.state(), history, new Checkpoint.Position(inEpoch, states), storage.identity())
                .write(storage.folder());
        saved = System.nanoTime();
    }

    private TrainingStoppedException stop(int inEpoch) {
        long count = batches.stepsPerEpoch();
        return new TrainingStoppedException(
                history.size() * count + inEpoch,
                plan.epochs() * count,
                storage.folder().resolve(Trainer.CHECKPOINT));
    }

    /** A batch, and how far training has come. */
    private Map<String, Tensor> fed(Batch batch, long step) {
        long last = Math.max(1, (long) plan.epochs() * batches.stepsPerEpoch() - 1);
        Map<String, Tensor> fed = new LinkedHashMap<>(batch.tensors());
        fed.put(GraphBuilder.PROGRESS, Tensor.scalar((float) step / last));
        return fed;
    }

    private void requireFinite(Steps.Done done) {
        double loss = done.metrics().getOrDefault(StepGraph.LOSS, Double.NaN);
        if (!Double.isFinite(loss)) {
            batches.requireFinite(done.step() - 1);
            throw new ZooException(
                    ("Training diverged: the loss is %s at step %,d with learning rate %s and gradient norm"
                                    + " %s; lower the learning rate or clip gradients")
                            .formatted(
                                    loss,
                                    done.step(),
                                    done.learningRate(),
                                    done.metrics().get(StepGraph.GRADIENT_NORM)));
        }
    }

    private boolean outOfPatience() {
        int since = 0;
        for (EpochReport report : history) {
            since = report.best() ? 0 : since + 1;
        }
        return plan.patience() > 0 && since >= plan.patience();
    }
}
