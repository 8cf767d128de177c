package org.menagerie.conformance.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.internal.NDArrayEx;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.core.Embedding;
import ai.djl.training.GradientCollector;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.menagerie.graph.Architecture;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Mode;
import org.menagerie.graph.Value;
import org.menagerie.graph.gradient.Gradients;
import org.menagerie.graph.onnx.OnnxWriter;
import org.menagerie.hub.Zoo;
import org.menagerie.hub.ZooOptions;
import org.menagerie.runtime.Device;
import org.menagerie.runtime.OnnxSession;
import org.menagerie.runtime.SessionOptions;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;
import org.menagerie.spi.settings.TreeSettings;

/** A step of the sequence-to-sequence plugin, reduced, against the same network in PyTorch: loss and all gradients. */
class Seq2SeqPeerTest {
    private static final int WORDS = 3;
    private static final int LETTERS = 5;
    private static final int TOKENS = 6;
    private static final int CLASSES = 7;
    private static final int HIDDEN = 4;

    @ParameterizedTest(name = "{0}, {1} attention, both directions {2}")
    @CsvSource({"lstm,multiplicative,true", "lstm,none,false", "gru,multiplicative,true", "gru,dot,false"})
    void gradientsAreThoseOfPyTorch(String cell, String attention, boolean both) {
        SplittableRandom random = new SplittableRandom(3);
        Map<String, Tensor> batch = batch(random);
        GraphBuilder g = new GraphBuilder("seq2seq", Mode.TRAINING);
        Value loss;
        try (Zoo zoo = Zoo.open(ZooOptions.defaults().withOffline(true))) {
            Architecture<?> seq2seq =
                    Objects.requireNonNull(zoo.components(Architecture.class).get("seq2seq"));
            loss = build(g, seq2seq, cell, attention, both);
        }
        Map<String, Tensor> weights = new LinkedHashMap<>();
        List<Value> values = new ArrayList<>();
        g.parameters().forEach((name, parameter) -> {
            values.add(parameter.value());
            Tensor tensor = Tensor.allocate(
                    ElementType.FLOAT32, parameter.value().type().shape());
            for (int i = 0; i < tensor.size(); i++) {
                tensor.floats().put(i, (float) random.nextDouble(-1, 1));
            }
            weights.put(name, tensor);
        });
        List<Value> gradients = Gradients.of(g, loss, values);
        Map<String, Value> outputs = new LinkedHashMap<>(Map.of("loss", loss));
        for (int i = 0; i < values.size(); i++) {
            outputs.put(values.get(i).name() + ".gradient", gradients.get(i));
        }
        Map<String, float[]> expected = inPyTorch(weights, batch, cell, attention, both);
        SessionOptions options =
                SessionOptions.defaults().withDevice(Device.CPU).withThreads(1);
        byte[] model = OnnxWriter.toBytesWithParametersAsInputs(g.build().prunedTo(outputs));
        try (OnnxSession session = OnnxSession.open(model, options)) {
            Map<String, Tensor> fed = new LinkedHashMap<>(weights);
            fed.putAll(batch);
            Map<String, Tensor> found = session.run(fed);
            assertThat(found.keySet()).isEqualTo(expected.keySet());
            expected.forEach((name, reference) -> assertThat(
                            Objects.requireNonNull(found.get(name)).toFloatArray())
                    .as(name)
                    .containsExactly(reference, within(2e-5f)));
        }
    }

    private static <C extends Record> Value build(
            GraphBuilder g, Architecture<C> seq2seq, String cell, String attention, boolean both) {
        ObjectNode config = new ObjectMapper()
                .createObjectNode()
                .put("cell", cell)
                .put("attention", attention)
                .put("letters", 9)
                .put("classes", CLASSES)
                .put("embedding", 3)
                .put("hidden", HIDDEN)
                .put("layers", 1)
                .put("bidirectional", both)
                .put("dropout", 0)
                .put("sampling", "none")
                .put("lastTruth", 0.5);
        C settings = TreeSettings.of("reduced", config).as(seq2seq.configType());
        seq2seq.build(g, settings);
        return seq2seq.loss(g, settings);
    }

    /** Words of one length, since DJL's LSTM knows no other; targets of several, padded. */
    private static Map<String, Tensor> batch(SplittableRandom random) {
        long[] spelling = random.longs((long) WORDS * LETTERS, 1, 9).toArray();
        int[] lengths = {LETTERS, LETTERS, LETTERS};
        long[] phonemes = new long[WORDS * TOKENS];
        for (int word = 0; word < WORDS; word++) {
            for (int i = 0; i < TOKENS - word; i++) {
                phonemes[word * TOKENS + i] = i == 0 ? 1 : i == TOKENS - word - 1 ? 2 : random.nextInt(3, CLASSES);
            }
        }
        return Map.of(
                "spelling", Tensor.of(spelling, WORDS, LETTERS),
                "spelling_length", Tensor.of(lengths, WORDS),
                "phonemes", Tensor.of(phonemes, WORDS, TOKENS));
    }

    private static Map<String, float[]> inPyTorch(
            Map<String, Tensor> weights, Map<String, Tensor> batch, String cell, String attention, boolean both) {
        Map<String, float[]> results = new LinkedHashMap<>();
        try (NDManager manager = Engine.getEngine("PyTorch").newBaseManager();
                GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
            Map<String, NDArray> all = new LinkedHashMap<>();
            weights.forEach((name, tensor) -> {
                NDArray array = manager.create(
                        tensor.toFloatArray(), new Shape(tensor.shape().dims()));
                array.setRequiresGradient(true);
                all.put(name, array);
            });
            NDArray spelling = manager.create(
                    Objects.requireNonNull(batch.get("spelling")).toLongArray(), new Shape(WORDS, LETTERS));
            NDArray phonemes = manager.create(
                    Objects.requireNonNull(batch.get("phonemes")).toLongArray(), new Shape(WORDS, TOKENS));
            NDArray loss = loss(all, spelling, phonemes, cell, attention, both);
            results.put("loss", loss.toFloatArray());
            collector.backward(loss);
            all.forEach((name, array) ->
                    results.put(name + ".gradient", array.getGradient().toFloatArray()));
        }
        return results;
    }

    private static NDArray loss(
            Map<String, NDArray> all, NDArray spelling, NDArray phonemes, String cell, String attention, boolean both) {
        TorchLayers torch = new TorchLayers(all);
        NDList read = recurrent("encoder", all, embedded("encoder", all, spelling), cell, both, null);
        NDArray memory = read.get(0).transpose(1, 0, 2);
        NDList start = new NDList();
        for (NDArray state : read.subList(1, read.size())) {
            start.add(state.transpose(1, 0, 2).reshape(1, WORDS, HIDDEN));
        }
        NDArray fed = embedded("decoder", all, phonemes.get(new NDIndex(":, :-1")));
        NDArray state =
                recurrent("decoder", all, fed, cell, false, start).get(0).transpose(1, 0, 2);
        if (!attention.equals("none")) {
            NDArray query = attention.equals("dot") ? state : torch.linear("attention.score", state);
            NDArray seen = query.matMul(memory.transpose(0, 2, 1)).softmax(2).matMul(memory);
            state = torch.linear("attention.combine", NDArrays.concat(new NDList(seen, state), 2))
                    .tanh();
        }
        NDArray next = phonemes.get(new NDIndex(":, 1:"));
        NDArray logProbability = torch.linear("out", state)
                .logSoftmax(2)
                .mul(next.oneHot(CLASSES, DataType.FLOAT32))
                .sum(new int[] {2});
        NDArray counts = next.neq(0).toType(DataType.FLOAT32, false);
        return logProbability.mul(counts).sum().neg().div(counts.sum());
    }

    private static NDArray embedded(String side, Map<String, NDArray> all, NDArray indices) {
        NDArray weight = Peer.get(all, side + ".embedding.weight");
        return Embedding.embedding(indices.transpose(1, 0), weight, SparseFormat.DENSE)
                .singletonOrThrow();
    }

    /** The states of all steps, then the last hidden state and, of an LSTM, the last cell. */
    private static NDList recurrent(
            String side, Map<String, NDArray> all, NDArray x, String cell, boolean both, @Nullable NDList start) {
        NDList weights = new NDList();
        for (String suffix : both ? List.of("", "_reverse") : List.of("")) {
            for (String kind : List.of("weight_ih", "weight_hh", "bias_ih", "bias_hh")) {
                weights.add(Peer.get(all, side + ".rnn." + kind + "_l0" + suffix));
            }
        }
        NDArray zeros = x.getManager().zeros(new Shape(both ? 2 : 1, WORDS, both ? HIDDEN / 2 : HIDDEN));
        NDList first = start == null ? new NDList(zeros, zeros) : start;
        NDArrayEx run = x.getNDArrayInternal();
        return cell.equals("gru")
                ? run.gru(x, first.get(0), weights, true, 1, 0, true, both, false)
                : run.lstm(x, first, weights, true, 1, 0, true, both, false);
    }
}
