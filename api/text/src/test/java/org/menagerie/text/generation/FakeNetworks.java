package org.menagerie.text.generation;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.menagerie.spi.Artifacts;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.ModelCard;
import org.menagerie.spi.Network;
import org.menagerie.spi.Tensor;

/**
 * An encoder and a step network whose logits follow from all that was read and written: a row whose state, source or
 * token is mixed up with another's writes something else.
 */
final class FakeNetworks implements Artifacts {
    static final int VOCABULARY = 7;
    private static final int STATE = 2;

    int largestStep;
    int open;

    @Override
    public Path file(String name) {
        throw new UnsupportedOperationException(name);
    }

    @Override
    public Network network(String name) {
        open++;
        return name.equals("encoder") ? new Encoder() : new Step();
    }

    /** Memory is each letter; the state starts as the letters' sum and 0. */
    private final class Encoder extends Fake {
        Encoder() {
            super(
                    List.of("spelling i64[N,S]", "spelling_length i32[N]"),
                    List.of("memory f32[N,S,1]", "state f32[N,2]"));
        }

        @Override
        public Map<String, Tensor> run(Map<String, Tensor> inputs) {
            Tensor spelling = in(inputs, "spelling");
            int rows = (int) spelling.shape().dim(0);
            int letters = (int) spelling.shape().dim(1);
            Tensor memory = Tensor.allocate(ElementType.FLOAT32, rows, letters, 1);
            Tensor state = Tensor.allocate(ElementType.FLOAT32, rows, STATE);
            for (int row = 0; row < rows; row++) {
                float sum = 0;
                for (int i = 0; i < in(inputs, "spelling_length").ints().get(row); i++) {
                    float letter = spelling.longs().get(row * letters + i);
                    memory.floats().put(row * letters + i, letter);
                    sum += letter;
                }
                state.floats().put(row * STATE, sum);
            }
            return Map.of("memory", memory, "state", state);
        }
    }

    /** The state becomes 0.5·state + token, and counts the steps. */
    private final class Step extends Fake {
        Step() {
            super(
                    List.of(
                            "token i64[B]",
                            "state f32[B,2]",
                            "source i64[B]",
                            "memory f32[N,S,1]",
                            "spelling_length i32[N]"),
                    List.of("logits f32[B,7]", "next_state f32[B,2]", "attention f32[B,S]"));
        }

        @Override
        public Map<String, Tensor> run(Map<String, Tensor> inputs) {
            Tensor memory = in(inputs, "memory");
            int rows = (int) in(inputs, "token").shape().dim(0);
            int letters = (int) memory.shape().dim(1);
            largestStep = Math.max(largestStep, rows);
            Tensor logits = Tensor.allocate(ElementType.FLOAT32, rows, VOCABULARY);
            Tensor next = Tensor.allocate(ElementType.FLOAT32, rows, STATE);
            Tensor attention = Tensor.allocate(ElementType.FLOAT32, rows, letters);
            for (int row = 0; row < rows; row++) {
                int source = (int) in(inputs, "source").longs().get(row);
                float first = memory.floats().get(source * letters);
                int length = in(inputs, "spelling_length").ints().get(source);
                float token = in(inputs, "token").longs().get(row);
                float written = 0.5f * in(inputs, "state").floats().get(row * STATE) + token;
                float steps = in(inputs, "state").floats().get(row * STATE + 1) + 1;
                next.floats().put(row * STATE, written).put(row * STATE + 1, steps);
                for (int v = 0; v < VOCABULARY; v++) {
                    double logit = 2 * Math.sin(3 * written + 1.7 * v * first + steps) + (v == 2 ? steps - 3 : 0);
                    logits.floats().put(row * VOCABULARY + v, v < 2 ? 50 : (float) logit);
                }
                attention.floats().put(row * letters + Math.min(length, (int) steps) - 1, 1);
            }
            return Map.of("logits", logits, "next_state", next, "attention", attention);
        }
    }

    /** A card with files of these names, which only their names matter of. */
    static ModelCard withArtifacts(ModelCard card, String... names) {
        Map<String, ModelCard.Artifact> artifacts = new LinkedHashMap<>();
        for (String name : names) {
            artifacts.put(name, new ModelCard.Artifact(name, name + ".onnx", 1, "0".repeat(64), List.of()));
        }
        return new ModelCard(
                card.name(),
                card.task(),
                card.license(),
                card.tags(),
                card.datasets(),
                card.metrics(),
                card.architecture(),
                artifacts,
                card.preprocessor(),
                card.decoder(),
                card.kind(),
                card.labels(),
                card.recipe(),
                card.samples(),
                card.text());
    }

    private abstract class Fake implements Network {
        private final List<TensorInfo> inputs;
        private final List<TensorInfo> outputs;

        Fake(List<String> inputs, List<String> outputs) {
            this.inputs = inputs.stream().map(FakeNetworks::info).toList();
            this.outputs = outputs.stream().map(FakeNetworks::info).toList();
        }

        @Override
        public List<TensorInfo> inputs() {
            return inputs;
        }

        @Override
        public List<TensorInfo> outputs() {
            return outputs;
        }

        @Override
        public void run(Map<String, Tensor> given, Map<String, Tensor> wanted) {
            Set<String> names = inputs.stream().map(TensorInfo::name).collect(Collectors.toSet());
            if (!names.equals(given.keySet())) {
                throw new AssertionError("%s were fed, %s are taken".formatted(given.keySet(), names));
            }
            Network.super.run(given, wanted);
        }

        @Override
        public String device() {
            return "cpu";
        }

        @Override
        public void close() {
            open--;
        }
    }

    /** A declaration such as {@code keys f32[B,T,2]}. */
    static Network.TensorInfo info(String declaration) {
        String[] parts = declaration.split("[ \\[\\],]+");
        return new Network.TensorInfo(
                parts[0], ElementType.parse(parts[1]), List.of(parts).subList(2, parts.length));
    }

    static Tensor in(Map<String, Tensor> tensors, String name) {
        return Objects.requireNonNull(tensors.get(name), name);
    }
}
