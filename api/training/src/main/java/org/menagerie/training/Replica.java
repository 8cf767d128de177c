package org.menagerie.training;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.menagerie.graph.Value;
import org.menagerie.runtime.OnnxSession;
import org.menagerie.runtime.PinnedTensor;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Shape;
import org.menagerie.spi.Tensor;
import org.menagerie.training.data.RandomStreams;

/** One of those that compute gradients side by side, each of its part of a batch, with noise of its own. For one thread at a time. */
final class Replica implements AutoCloseable {
    private final SplitTraining training;
    private final OnnxSession session;
    private final int number;
    private final int count;
    private final NoiseTensors noise;
    private final BatchElements elements;
    private final Map<String, PinnedTensor> parts = new LinkedHashMap<>();
    private final Map<String, PinnedTensor> metrics = new LinkedHashMap<>();
    private final PinnedTensor share;

    /** @param session of the gradients' graph, which all replicas share; stays the caller's */
    Replica(SplitTraining training, OnnxSession session, int number, int count, long seed) {
        this.training = training;
        this.session = session;
        this.number = number;
        this.count = count;
        long own = new RandomStreams(seed).at("replica", number).nextLong();
        this.noise = new NoiseTensors(
                training.gradients().inputs(), training.gradients().noises(), own);
        this.elements = new BatchElements(training.gradients());
        training.parts()
                .forEach((name, type) -> parts.put(name, session.pin(Tensor.allocate(type.element(), type.shape()))));
        training.metrics().forEach(name -> metrics.put(name, session.pin(Tensor.scalar(0f))));
        this.share = session.pin(Tensor.scalar(1f / count));
    }

    /** What the update takes from this part, by the names of its inputs. */
    Map<String, PinnedTensor> parts() {
        Map<String, PinnedTensor> named = new LinkedHashMap<>();
        parts.forEach((name, pinned) -> named.put(SplitTraining.of(name, number), pinned));
        return named;
    }

    /** The last run's metrics times this part's share of the batch. */
    Map<String, Double> metrics() {
        double weight = share.tensor().floats().get(0);
        Map<String, Double> weighted = new LinkedHashMap<>();
        metrics.forEach((name, pinned) ->
                weighted.put(name, weight * pinned.tensor().floats().get(0)));
        return weighted;
    }

    /**
     * Computes the gradients of this part of a batch.
     *
     * @param batch the whole batch: tensors of rank 1 and more have its examples along their first axis
     * @param parameters of the network, by name
     */
    void run(long step, Map<String, Tensor> batch, Map<String, PinnedTensor> parameters) {
        Map<String, Tensor> part = part(batch);
        elements.require(part);
        Map<String, Tensor> drawn = noise.at(step, part);
        Map<String, PinnedTensor> fed = new HashMap<>(parameters);
        fed.put(SplitTraining.SHARE, share);
        List<PinnedTensor> borrowed = new ArrayList<>();
        try {
            for (Value input : training.gradients().inputs()) {
                if (!input.name().equals(SplitTraining.SHARE)) {
                    PinnedTensor pinned = session.pin(input(input, drawn, part, batch));
                    borrowed.add(pinned);
                    fed.put(input.name(), pinned);
                }
            }
            Map<String, PinnedTensor> results = new HashMap<>(parts);
            results.putAll(metrics);
            session.runPinned(fed, results);
        } finally {
            borrowed.forEach(PinnedTensor::close);
        }
    }

    private static Tensor input(
            Value input, Map<String, Tensor> drawn, Map<String, Tensor> part, Map<String, Tensor> batch) {
        Tensor tensor = drawn.getOrDefault(input.name(), part.get(input.name()));
        if (tensor == null) {
            throw new InvalidInputException(
                    "Training needs '%s' %s; the data has %s".formatted(input.name(), input.type(), batch.keySet()));
        }
        return tensor;
    }

    /** This part's examples, without a copy; the first parts take one more where the batch does not divide. */
    private Map<String, Tensor> part(Map<String, Tensor> batch) {
        Map<String, Tensor> part = new LinkedHashMap<>();
        batch.forEach((name, tensor) -> {
            long[] dims = tensor.shape().dims();
            if (dims.length == 0) {
                part.put(name, tensor);
                return;
            }
            int examples = (int) dims[0];
            int from = first(number, examples);
            int length = first(number + 1, examples) - from;
            int bytes = tensor.bytes().capacity() / examples;
            share.tensor().floats().put(0, (float) length / examples);
            dims[0] = length;
            part.put(
                    name,
                    Tensor.wrap(
                            tensor.elementType(),
                            new Shape(dims),
                            tensor.bytes().slice(from * bytes, length * bytes)));
        });
        return part;
    }

    private int first(int part, int examples) {
        return part * (examples / count) + Math.min(part, examples % count);
    }

    @Override
    public void close() {
        parts.values().forEach(PinnedTensor::close);
        metrics.values().forEach(PinnedTensor::close);
        share.close();
    }
}
