package org.menagerie.contract;

import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.menagerie.graph.Graph;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Mode;
import org.menagerie.graph.Noise;
import org.menagerie.graph.Parameter;
import org.menagerie.graph.Value;
import org.menagerie.graph.onnx.OnnxWriter;
import org.menagerie.runtime.Device;
import org.menagerie.runtime.OnnxSession;
import org.menagerie.runtime.SessionOptions;
import org.menagerie.spi.Tensor;
import org.menagerie.training.NoiseTensors;
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

    /** The tensors of a batch that a graph takes; training is at its beginning. */
    static Map<String, Tensor> inputsOf(Graph graph, Map<String, Tensor> batch) {
        Map<String, Tensor> inputs = new HashMap<>();
        for (Value input : graph.inputs()) {
            inputs.put(
                    input.name(),
                    input.name().equals(GraphBuilder.PROGRESS) ? Tensor.scalar(0f) : Column.in(batch, input.name()));
        }
        return inputs;
    }

    /** A batch with the noise of a training graph, the same for the same step. */
    static Map<String, Tensor> withNoise(Graph graph, Map<String, Tensor> batch, long step) {
        Map<String, Tensor> all = new HashMap<>(batch);
        all.putAll(new NoiseTensors(graph.inputs(), graph.noises(), 1).at(step, batch));
        return all;
    }

    /** A batch with noise in the middle of its range: 0.5 where it is uniform, 0 where it is normal. */
    static Map<String, Tensor> withMiddlingNoise(Graph graph, Map<String, Tensor> batch) {
        Map<String, Tensor> all = withNoise(graph, batch, 1);
        graph.noises().forEach(noise -> {
            FloatBuffer floats = Column.in(all, noise.value().name()).floats();
            float middle = noise.distribution() == Noise.Distribution.UNIFORM ? 0.5f : 0f;
            for (int i = 0; i < floats.capacity(); i++) {
                floats.put(i, middle);
            }
        });
        return all;
    }

    /** Every example of a batch twice. */
    static Map<String, Tensor> twice(Map<String, Tensor> batch) {
        Map<String, Tensor> doubled = new LinkedHashMap<>();
        batch.forEach((name, tensor) -> {
            long[] dims = tensor.shape().dims();
            dims[0] *= 2;
            Tensor both = Tensor.allocate(tensor.elementType(), dims);
            int size = tensor.bytes().capacity();
            both.bytes().put(0, tensor.bytes(), 0, size).put(size, tensor.bytes(), 0, size);
            doubled.put(name, both);
        });
        return doubled;
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
        return loaded(graph, weights());
    }

    OnnxSession loaded(Graph graph, Map<String, Tensor> weights) {
        return OnnxSession.open(
                OnnxWriter.toBytes(graph, Parameter.tensors(graph.parameters(), weights), Map.of()), OPTIONS);
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
