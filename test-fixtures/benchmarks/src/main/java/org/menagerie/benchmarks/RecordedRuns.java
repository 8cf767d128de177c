package org.menagerie.benchmarks;

import com.google.inject.Guice;
import com.google.inject.Key;
import com.google.inject.Module;
import com.google.inject.util.Types;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.menagerie.hub.Trace;
import org.menagerie.hub.TypedModel;
import org.menagerie.hub.Zoo;
import org.menagerie.runtime.OnnxSession;
import org.menagerie.runtime.SessionOptions;
import org.menagerie.spi.Artifacts;
import org.menagerie.spi.Model;
import org.menagerie.spi.ModelCard;
import org.menagerie.spi.ModelKind;
import org.menagerie.spi.Network;
import org.menagerie.spi.Tensor;

/**
 * The runs of networks that one prediction makes.
 *
 * @param runs in their order
 * @param files of the networks that were run, by artifact
 */
record RecordedRuns(List<Run> runs, Map<String, Path> files) {
    /**
     * One run.
     *
     * @param network the artifact
     * @param inputs copies of what went in
     * @param outputs what came out
     */
    record Run(String network, Map<String, Tensor> inputs, Map<String, Tensor> outputs) {}

    /** Records a prediction of a shipped model. */
    static RecordedRuns of(Zoo zoo, String name, Module plugin, Object input, SessionOptions session) {
        TypedModel<?, ?> model = zoo.load(name);
        Optional<Trace> trace = model.trace(input);
        if (trace.isPresent()) {
            Run run =
                    new Run("model", copies(trace.get().prepared()), trace.get().outputs());
            return new RecordedRuns(List.of(run), Map.of("model", zoo.artifact(name, "model")));
        }
        ModelCard card = zoo.card(name);
        Recorder recorder = new Recorder(zoo, name, session, new ArrayList<>(), new LinkedHashMap<>());
        Key<?> kinds = Key.get(Types.mapOf(String.class, ModelKind.class));
        Map<?, ?> known = (Map<?, ?>) Guice.createInjector(plugin).getInstance(kinds);
        String kind = card.kind().orElseThrow().name();
        if (!(known.get(kind) instanceof ModelKind<?, ?, ?> found)) {
            throw new IllegalArgumentException("%s brings no kind '%s'".formatted(plugin, kind));
        }
        predict(found, card, recorder, input);
        return new RecordedRuns(recorder.runs(), recorder.files());
    }

    private static <I, O, S extends Record> void predict(
            ModelKind<I, O, S> kind, ModelCard card, Artifacts artifacts, Object input) {
        S settings = card.kind().orElseThrow().settings().as(kind.settings());
        try (Model<I, O> model = kind.create().create(settings, card, artifacts)) {
            model.predict(kind.input().cast(input));
        }
    }

    private static Map<String, Tensor> copies(Map<String, Tensor> tensors) {
        Map<String, Tensor> copies = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> copies.put(name, tensor.copy()));
        return copies;
    }

    private record Recorder(Zoo zoo, String model, SessionOptions session, List<Run> runs, Map<String, Path> files)
            implements Artifacts {
        @Override
        public Path file(String name) {
            return zoo.artifact(model, name);
        }

        @Override
        public Network network(String name) {
            files.put(name, file(name));
            return new RecordedNetwork(name, OnnxSession.open(file(name), session), runs);
        }
    }

    private record RecordedNetwork(String name, Network network, List<Run> runs) implements Network {
        @Override
        public Map<String, Tensor> run(Map<String, Tensor> inputs) {
            Map<String, Tensor> before = copies(inputs);
            Map<String, Tensor> outputs = network.run(inputs);
            runs.add(new Run(name, before, outputs));
            return outputs;
        }

        @Override
        public List<TensorInfo> inputs() {
            return network.inputs();
        }

        @Override
        public List<TensorInfo> outputs() {
            return network.outputs();
        }

        @Override
        public String device() {
            return network.device();
        }

        @Override
        public void close() {
            network.close();
        }
    }
}
