package org.menagerie.text.generation;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.menagerie.spi.Artifacts;
import org.menagerie.spi.ElementType;
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
            super(List.of("spelling", "spelling_length"), List.of("memory", "state"));
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
                    List.of("token", "state", "source", "memory", "spelling_length"),
                    List.of("logits", "next_state", "attention"));
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

    private abstract class Fake implements Network {
        private final List<String> inputs;
        private final List<String> outputs;

        Fake(List<String> inputs, List<String> outputs) {
            this.inputs = inputs;
            this.outputs = outputs;
        }

        @Override
        public List<TensorInfo> inputs() {
            return infos(inputs);
        }

        @Override
        public List<TensorInfo> outputs() {
            return infos(outputs);
        }

        private static List<TensorInfo> infos(List<String> names) {
            return names.stream()
                    .map(name -> new TensorInfo(name, ElementType.FLOAT32, List.of()))
                    .toList();
        }

        @Override
        public void run(Map<String, Tensor> given, Map<String, Tensor> wanted) {
            if (!inputs.containsAll(given.keySet())) {
                throw new AssertionError("%s were fed, %s are taken".formatted(given.keySet(), inputs));
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

    static Tensor in(Map<String, Tensor> tensors, String name) {
        return Objects.requireNonNull(tensors.get(name), name);
    }
}
