package org.menagerie.training;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.menagerie.graph.Graph;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Mode;
import org.menagerie.graph.Parameter;
import org.menagerie.graph.Value;
import org.menagerie.graph.onnx.OnnxWriter;
import org.menagerie.runtime.OnnxSession;
import org.menagerie.runtime.PinnedTensor;
import org.menagerie.runtime.SessionOptions;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Tensor;
import org.menagerie.training.data.BatchMemory;
import org.menagerie.training.data.Batches;
import org.menagerie.training.metrics.Mean;

/** Measures a network's loss and metrics on data, in inference mode. For one thread at a time. */
public final class Evaluator implements AutoCloseable {
    private final Graph graph;
    private final OnnxSession session;

    public Evaluator(Objective objective, SessionOptions options) {
        GraphBuilder g = new GraphBuilder("evaluation", Mode.INFERENCE);
        Value loss = objective.build(g);
        Graph whole = g.build();
        Map<String, Value> outputs = new LinkedHashMap<>();
        outputs.put(StepGraph.LOSS, loss);
        whole.outputs().forEach((name, value) -> {
            if (value.rank() == 0) {
                outputs.put(name, value);
            }
        });
        graph = whole.prunedTo(outputs);
        session = OnnxSession.open(OnnxWriter.toBytesWithParametersAsInputs(graph), options);
    }

    /** The means over all examples, the loss first. */
    public Map<String, Double> evaluate(Batches batches, Map<String, Tensor> weights) {
        Map<String, Mean> means = new LinkedHashMap<>();
        graph.outputs().keySet().forEach(name -> means.put(name, new Mean()));
        Map<String, PinnedTensor> pinned = new HashMap<>();
        BatchMemory memory = new BatchMemory();
        try {
            Parameter.tensors(graph.parameters(), weights)
                    .forEach((name, tensor) -> pinned.put(name, session.pin(tensor)));
            for (int step = 0; step < batches.stepsPerEpoch(); step++) {
                var batch = batches.batch(0, step, memory);
                run(batch.tensors(), pinned).forEach((name, tensor) -> {
                    Mean mean = means.get(name);
                    if (mean != null) {
                        mean.add(tensor.floats().get(0), batch.size());
                    }
                });
            }
        } finally {
            pinned.values().forEach(PinnedTensor::close);
        }
        Map<String, Double> results = new LinkedHashMap<>();
        means.forEach((name, mean) -> results.put(name, mean.result()));
        return results;
    }

    private Map<String, Tensor> run(Map<String, Tensor> batch, Map<String, PinnedTensor> weights) {
        Map<String, PinnedTensor> inputs = new HashMap<>(weights);
        List<PinnedTensor> borrowed = new ArrayList<>();
        try {
            for (Value input : graph.inputs()) {
                Tensor tensor = batch.get(input.name());
                if (tensor == null) {
                    throw new InvalidInputException("Evaluation needs '%s' %s; the data has %s"
                            .formatted(input.name(), input.type(), batch.keySet()));
                }
                PinnedTensor pinned = session.pin(tensor);
                borrowed.add(pinned);
                inputs.put(input.name(), pinned);
            }
            return session.runPinned(inputs, Map.of(), graph.outputs().keySet());
        } finally {
            borrowed.forEach(PinnedTensor::close);
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
