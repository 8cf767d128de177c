package org.menagerie.contract;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.menagerie.graph.Graph;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Mode;
import org.menagerie.graph.Value;
import org.menagerie.graph.onnx.OnnxWriter;
import org.menagerie.runtime.Device;
import org.menagerie.runtime.OnnxSession;
import org.menagerie.runtime.SessionOptions;
import org.menagerie.spi.Tensor;
import org.menagerie.training.Objective;
import org.menagerie.training.Weights;
import org.menagerie.training.data.Column;
import org.menagerie.training.recipe.Subject;

/** A specimen set up to be run: its graphs, weights of seed 1 and batches of known numbers. */
final class Bench<C extends Record> {
    static final SessionOptions OPTIONS =
            SessionOptions.defaults().withDevice(Device.CPU).withThreads(2);

    private final Specimen<C> specimen;

    Bench(Specimen<C> specimen) {
        this.specimen = specimen;
    }

    Objective objective() {
        return Objective.of(specimen.architecture(), specimen.config());
    }

    Graph network(Mode mode) {
        GraphBuilder g = new GraphBuilder("network", mode);
        specimen.architecture().build(g, specimen.config());
        return g.build();
    }

    Map<String, Tensor> weights() {
        return Weights.initial(network(Mode.INFERENCE).parameters(), 1);
    }

    Map<String, Tensor> batch(int size, long seed) {
        return specimen.batch().apply(size, new SplittableRandom(seed));
    }

    /** The tensors of a batch that a graph takes. */
    static Map<String, Tensor> inputsOf(Graph graph, Map<String, Tensor> batch) {
        Map<String, Tensor> inputs = new HashMap<>();
        for (Value input : graph.inputs()) {
            inputs.put(input.name(), Column.in(batch, input.name()));
        }
        return inputs;
    }

    OnnxSession exported() {
        return loaded(network(Mode.INFERENCE));
    }

    /** What training exports, by artifact name. */
    Map<String, Graph> networks() {
        return Subject.of("specimen", specimen.architecture(), specimen.config())
                .networks()
                .get();
    }

    OnnxSession loaded(Graph graph) {
        return OnnxSession.open(
                OnnxWriter.toBytes(graph, Weights.of(graph.parameters(), weights()), Map.of()), OPTIONS);
    }

    /** The outputs of the exported network for a batch. */
    Map<String, Tensor> predict(OnnxSession session, Map<String, Tensor> batch) {
        return session.run(inputsOf(network(Mode.INFERENCE), batch));
    }

    /** Examples from one (inclusive) to another (exclusive) of every tensor of a batch. */
    static Map<String, Tensor> rows(Map<String, Tensor> batch, int from, int to) {
        Map<String, Tensor> rows = new LinkedHashMap<>();
        batch.forEach((name, tensor) -> {
            long[] dims = tensor.shape().dims();
            int width = tensor.bytes().capacity() / (int) dims[0];
            dims[0] = (long) to - from;
            rows.put(
                    name,
                    Tensor.wrap(
                            tensor.elementType(),
                            new org.menagerie.spi.Shape(dims),
                            tensor.bytes().slice(from * width, (to - from) * width)));
        });
        return rows;
    }
}
