package org.menagerie.training;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.menagerie.graph.Parameter;
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
    private Map<String, PinnedTensor> current = new LinkedHashMap<>();
    private Map<String, PinnedTensor> other = new LinkedHashMap<>();
    private final Map<String, PinnedTensor> fixed = new HashMap<>();
    private final Map<String, PinnedTensor> scalars = new HashMap<>();
    private final PinnedTensor norm;
    private final List<PinnedTensor> owned = new ArrayList<>();
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
        Parameter.tensors(training.all(), state).forEach((name, given) -> {
            Tensor tensor = given.copy();
            if (training.next().containsKey(name)) {
                current.put(name, pin(tensor));
                other.put(name, pin(Tensor.allocate(tensor.elementType(), tensor.shape())));
            } else {
                fixed.put(name, pin(tensor));
            }
        });
        training.scalars().at(1, 0).keySet().forEach(name -> scalars.put(name, pin(Tensor.scalar(0f))));
        norm = pin(Tensor.scalar(0f));
    }

    private PinnedTensor pin(Tensor tensor) {
        PinnedTensor pinned = update.pin(tensor);
        owned.add(pinned);
        return pinned;
    }

    @Override
    public void add(long step, double learningRate, Map<String, Tensor> batch) {
        requireExamples(batch);
        Map<String, PinnedTensor> parameters =
                only(training.gradients().parameters().keySet());
        sideBySide(replica -> replica.run(step, batch, parameters));
        Map<String, PinnedTensor> inputs = only(training.update().parameters().keySet());
        training.scalars().at(step, learningRate).forEach((name, number) -> {
            PinnedTensor scalar = in(scalars, name);
            scalar.tensor().floats().put(0, number.floatValue());
            inputs.put(name, scalar);
        });
        replicas.forEach(replica -> inputs.putAll(replica.parts()));
        Map<String, PinnedTensor> outputs = new HashMap<>(Map.of(TrainingGraph.GRADIENT_NORM, norm));
        training.next().forEach((name, output) -> outputs.put(output, in(other, name)));
        update.runPinned(inputs, outputs);
        Map<String, PinnedTensor> written = other;
        other = current;
        current = written;
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

    /** A replica's work on its part of a batch. */
    @FunctionalInterface
    private interface Work {
        void on(Replica replica);
    }

    /** All replicas' work; the first one's on this thread. Fails when all have ended, with the first failure. */
    private void sideBySide(Work work) {
        List<Future<?>> others = replicas.stream()
                .skip(1)
                .<Future<?>>map(replica -> threads.submit(() -> work.on(replica)))
                .toList();
        RuntimeException failure = null;
        try {
            work.on(replicas.get(0));
        } catch (RuntimeException e) {
            failure = e;
        }
        for (Future<?> each : others) {
            try {
                each.get();
            } catch (ExecutionException e) {
                RuntimeException cause = e.getCause() instanceof RuntimeException runtime
                        ? runtime
                        : new ZooException("A part of a batch failed: " + e.getCause(), e);
                failure = failure == null ? cause : failure;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                failure = failure == null ? new ZooException("Training was interrupted", e) : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private Map<String, Double> metrics() {
        Map<String, Double> metrics = new LinkedHashMap<>();
        replicas.forEach(
                replica -> replica.metrics().forEach((name, value) -> metrics.merge(name, value, Double::sum)));
        metrics.put(TrainingGraph.GRADIENT_NORM, (double) norm.tensor().floats().get(0));
        return metrics;
    }

    private Map<String, PinnedTensor> only(Iterable<String> names) {
        Map<String, PinnedTensor> chosen = new HashMap<>();
        names.forEach(name -> chosen.put(name, in(current.containsKey(name) ? current : fixed, name)));
        return chosen;
    }

    private static PinnedTensor in(Map<String, PinnedTensor> bank, String name) {
        PinnedTensor pinned = bank.get(name);
        if (pinned == null) {
            throw new IllegalStateException(name);
        }
        return pinned;
    }

    @Override
    public List<Done> done() {
        List<Done> finished = List.copyOf(done);
        done.clear();
        return finished;
    }

    @Override
    public List<Done> flush() {
        return done();
    }

    @Override
    public Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        only(training.all().keySet()).forEach((name, pinned) -> state.put(name, pinned.tensor()));
        return state;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        replicas.forEach(Replica::close);
        owned.forEach(PinnedTensor::close);
        gradients.close();
        update.close();
    }
}
