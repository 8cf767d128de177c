package org.menagerie.training;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.menagerie.graph.Graph;
import org.menagerie.graph.Value;
import org.menagerie.graph.onnx.OnnxWriter;
import org.menagerie.runtime.OnnxSession;
import org.menagerie.runtime.PinnedTensor;
import org.menagerie.runtime.SessionOptions;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Tensor;

/**
 * Runs a training graph step after step, from one of two banks of buffers to the other. For one thread at a time.
 */
public final class StepRunner implements AutoCloseable {
    private final StepGraph training;
    private final OnnxSession session;
    private final StateBanks banks;
    private final Map<String, PinnedTensor> metrics = new LinkedHashMap<>();
    private final Map<String, PinnedTensor> scalars = new HashMap<>();
    private final NoiseTensors noise;
    private final BatchElements elements;
    private final List<PinnedTensor> owned = new ArrayList<>();

    /**
     * @param state a tensor for each of {@link StepGraph#all()}; copied
     * @param seed of the noise
     */
    public StepRunner(StepGraph training, Map<String, Tensor> state, SessionOptions options, long seed) {
        this.training = training;
        session = OnnxSession.open(OnnxWriter.toBytesWithParametersAsInputs(training.graph()), options);
        noise = new NoiseTensors(training.graph().inputs(), training.graph().noises(), seed);
        elements = new BatchElements(training.graph());
        banks = new StateBanks(
                session,
                training.all(),
                training.next(),
                training.graph().parameters().keySet(),
                state);
        training.metrics().forEach(name -> metrics.put(name, pin(Tensor.scalar(0f))));
        training.scalars().at(1, 0).keySet().forEach(name -> scalars.put(name, pin(Tensor.scalar(0f))));
    }

    private PinnedTensor pin(Tensor tensor) {
        PinnedTensor pinned = session.pin(tensor);
        owned.add(pinned);
        return pinned;
    }

    /**
     * Runs one step.
     *
     * @param step counted from 1 over the whole training
     * @param batch a tensor for each of the graph's inputs that is neither noise nor scalar; others are ignored
     * @return the metrics, the loss first
     */
    public Map<String, Double> step(long step, double learningRate, Map<String, Tensor> batch) {
        training.scalars()
                .at(step, learningRate)
                .forEach((name, number) ->
                        Weights.in(scalars, name).tensor().floats().put(0, number.floatValue()));
        Map<String, PinnedTensor> fed = new HashMap<>(scalars);
        List<PinnedTensor> borrowed = new ArrayList<>();
        try {
            inputs(step, batch).forEach((name, tensor) -> {
                PinnedTensor pinned = session.pin(tensor);
                borrowed.add(pinned);
                fed.put(name, pinned);
            });
            run(session, training.graph(), fed, metrics);
        } finally {
            borrowed.forEach(PinnedTensor::close);
        }
        Map<String, Double> results = new LinkedHashMap<>();
        metrics.forEach((name, pinned) ->
                results.put(name, (double) pinned.tensor().floats().get(0)));
        return results;
    }

    /** What a step is fed besides scalars: the batch, and noise that is valid until the next call. */
    Map<String, Tensor> inputs(long step, Map<String, Tensor> batch) {
        elements.require(batch);
        Map<String, Tensor> drawn = noise.at(step, batch);
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        for (Value input : training.graph().inputs()) {
            if (!scalars.containsKey(input.name())) {
                Tensor tensor = drawn.getOrDefault(input.name(), batch.get(input.name()));
                if (tensor == null) {
                    throw new InvalidInputException("Training needs '%s' %s; the data has %s"
                            .formatted(input.name(), input.type(), batch.keySet()));
                }
                inputs.put(input.name(), tensor);
            }
        }
        return inputs;
    }

    /** Runs a graph of one or more steps from one bank to the other, which then change places. */
    void run(OnnxSession steps, Graph graph, Map<String, PinnedTensor> fed, Map<String, PinnedTensor> reported) {
        Map<String, PinnedTensor> inputs = banks.read(graph.parameters().keySet());
        inputs.putAll(fed);
        Map<String, PinnedTensor> outputs = banks.written();
        outputs.putAll(reported);
        steps.runPinned(inputs, outputs);
        banks.swap();
    }

    /** Parameters and optimizer state as they are now; the tensors change with the next steps. */
    public Map<String, Tensor> state() {
        return banks.state();
    }

    @Override
    public void close() {
        banks.close();
        owned.forEach(PinnedTensor::close);
        session.close();
    }
}
