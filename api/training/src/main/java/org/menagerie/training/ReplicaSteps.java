package org.menagerie.training;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.menagerie.graph.onnx.OnnxWriter;
import org.menagerie.runtime.OnnxSession;
import org.menagerie.runtime.PinnedTensor;
import org.menagerie.runtime.SessionOptions;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Tensor;
import org.menagerie.spi.ZooException;

/**
 * Training steps whose batches are cut into parts that are computed side by side, on one thread each; then one update moves the
 * parameters on as many threads. Half of what a step does runs on one thread only, whatever the runtime is given: two parts on
 * two cores are faster than one whole batch on both.
 *
 * <p>The loss is the mean of the parts' losses and the gradients are its gradients: those of the whole batch to rounding, where
 * the loss is a mean over examples. Batch normalisation takes each part's own statistics, as ghost batch normalisation does
 * (Hoffer, Hubara and Soudry 2017), and its running statistics are the means of the parts'. The results follow from the number
 * of parts and not from which is ready first. For one thread at a time.
 */
final class ReplicaSteps implements Steps {
    private final SplitTraining training;
    private final OnnxSession gradients;
    private final OnnxSession update;
    private final List<Replica> replicas = new ArrayList<>();
    private final ExecutorService threads;
    private final StateBanks banks;
    private final Map<String, PinnedTensor> scalars = new HashMap<>();
    private final PinnedTensor norm;
    private final List<Done> done = new ArrayList<>();

    /**
     * @param state a tensor for each of {@link SplitTraining#all()}; copied
     * @param count how many parts a batch is cut into, at least 2
     * @param options of the update; parts run on one thread each
     * @param seed of the noise
     */
    ReplicaSteps(SplitTraining training, Map<String, Tensor> state, int count, SessionOptions options, long seed) {
        this.training = training;
        gradients = OnnxSession.open(
                OnnxWriter.toBytesWithParametersAsInputs(training.gradients()), options.withThreads(1));
        update = OnnxSession.open(OnnxWriter.toBytesWithParametersAsInputs(training.update()), options);
        for (int i = 0; i < count; i++) {
            replicas.add(new Replica(training, gradients, i, count, seed));
        }
        threads = Executors.newFixedThreadPool(count - 1, work -> {
            Thread thread = new Thread(work, "menagerie-replica");
            thread.setDaemon(true);
            return thread;
        });
        banks = new StateBanks(
                update, training.all(), training.next(), training.all().keySet(), state);
        training.scalars().at(1, 0).keySet().forEach(name -> scalars.put(name, update.pin(Tensor.scalar(0f))));
        norm = update.pin(Tensor.scalar(0f));
    }

    @Override
    public void add(long step, double learningRate, Map<String, Tensor> batch) {
        requireExamples(batch);
        Map<String, PinnedTensor> parameters =
                banks.read(training.gradients().parameters().keySet());
        sideBySide(replica -> replica.run(step, batch, parameters));
        Map<String, PinnedTensor> inputs =
                banks.read(training.update().parameters().keySet());
        training.scalars().at(step, learningRate).forEach((name, number) -> {
            PinnedTensor scalar = Weights.in(scalars, name);
            scalar.tensor().floats().put(0, number.floatValue());
            inputs.put(name, scalar);
        });
        replicas.forEach(replica -> inputs.putAll(replica.parts()));
        Map<String, PinnedTensor> outputs = banks.written();
        outputs.put(StepGraph.GRADIENT_NORM, norm);
        update.runPinned(inputs, outputs);
        banks.swap();
        done.add(new Done(step, learningRate, metrics()));
    }

    private void requireExamples(Map<String, Tensor> batch) {
        batch.forEach((name, tensor) -> {
            if (tensor.shape().rank() > 0 && tensor.shape().dim(0) < replicas.size()) {
                throw new InvalidInputException(
                        "A batch is cut into %d parts of at least one example; '%s' is %s; choose fewer replicas or a larger batch"
                                .formatted(replicas.size(), name, tensor));
            }
        });
    }

    /** All replicas' work; the first one's on this thread. Fails when all have ended. */
    private void sideBySide(Consumer<Replica> work) {
        CompletableFuture<Void> others = CompletableFuture.allOf(replicas.stream()
                .skip(1)
                .map(replica -> CompletableFuture.runAsync(() -> work.accept(replica), threads))
                .toArray(CompletableFuture<?>[]::new));
        try {
            work.accept(replicas.get(0));
        } finally {
            // Nothing may be closed while a part runs, so neither a failure here nor an interrupt cuts the waiting
            // short.
            others.exceptionally(failure -> null).join();
        }
        try {
            others.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause
                    ? cause
                    : new ZooException("A part of a batch failed: " + e.getCause(), e);
        }
    }

    private Map<String, Double> metrics() {
        Map<String, Double> metrics = new LinkedHashMap<>();
        replicas.forEach(
                replica -> replica.metrics().forEach((name, value) -> metrics.merge(name, value, Double::sum)));
        metrics.put(StepGraph.GRADIENT_NORM, (double) norm.tensor().floats().get(0));
        return metrics;
    }

    @Override
    public List<Done> done() {
        List<Done> finished = List.copyOf(done);
        done.clear();
        return finished;
    }

    @Override
    public Map<String, Tensor> state() {
        return banks.state();
    }

    @Override
    public void close() {
        threads.shutdownNow();
        replicas.forEach(Replica::close);
        banks.close();
        scalars.values().forEach(PinnedTensor::close);
        norm.close();
        gradients.close();
        update.close();
    }
}
