package org.menagerie.text.generation;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.menagerie.spi.Artifacts;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Network;
import org.menagerie.spi.Tensor;

/**
 * A decoder that continues prompts. It has a cache of every token read, {@code keys f32[B,1,T,2]}, and a fixed state, {@code
 * count i64[B,1]}; its logits follow from all of the cache, and it fails where a row's cache, count and position disagree.
 */
final class ContinuingNetworks implements Artifacts {
    static final int VOCABULARY = 5;
    int steps;
    int prompts;

    @Override
    public Path file(String name) {
        throw new UnsupportedOperationException(name);
    }

    @Override
    public Network network(String name) {
        return name.equals("prompt") ? new Prompt() : new Step();
    }

    /** The logits after a sequence of tokens. */
    static float[] logits(long[] tokens) {
        double written = 0;
        for (int i = 0; i < tokens.length; i++) {
            written = 0.7 * written + tokens[i] * (i % 3 + 1);
        }
        float[] logits = new float[VOCABULARY];
        for (int v = 0; v < VOCABULARY; v++) {
            logits[v] = (float) (2 * Math.sin(written * (v + 1)));
        }
        return logits;
    }

    private final class Step implements Network {
        @Override
        public List<TensorInfo> inputs() {
            return List.of(
                    FakeNetworks.info("token i64[B]"),
                    FakeNetworks.info("position i64[B]"),
                    FakeNetworks.info("keys f32[B,1,T,2]"),
                    FakeNetworks.info("count i64[B,1]"));
        }

        @Override
        public List<TensorInfo> outputs() {
            return List.of(
                    FakeNetworks.info("logits f32[B,5]"),
                    FakeNetworks.info("next_keys f32[B,1,T2,2]"),
                    FakeNetworks.info("next_count i64[B,1]"));
        }

        @Override
        public Map<String, Tensor> run(Map<String, Tensor> inputs) {
            steps++;
            Tensor keys = FakeNetworks.in(inputs, "keys");
            int rows = (int) keys.shape().dim(0);
            int length = (int) keys.shape().dim(2);
            long[][] sequences = new long[rows][length + 1];
            for (int row = 0; row < rows; row++) {
                for (int t = 0; t < length; t++) {
                    sequences[row][t] = (long) keys.floats().get((row * length + t) * 2);
                }
                sequences[row][length] =
                        FakeNetworks.in(inputs, "token").longs().get(row);
                long position = FakeNetworks.in(inputs, "position").longs().get(row);
                long count = FakeNetworks.in(inputs, "count").longs().get(row);
                if (position != length || count != length) {
                    throw new AssertionError(
                            "Row %d: position %d, count %d, cache of %d".formatted(row, position, count, length));
                }
            }
            Map<String, Tensor> outputs = new HashMap<>();
            states(sequences).forEach((name, tensor) -> outputs.put("next_" + name, tensor));
            outputs.put("logits", logitsOf(sequences));
            return outputs;
        }

        @Override
        public String device() {
            return "cpu";
        }

        @Override
        public void close() {}
    }

    private final class Prompt implements Network {
        @Override
        public List<TensorInfo> inputs() {
            return List.of(FakeNetworks.info("prompt i64[N,S]"));
        }

        @Override
        public List<TensorInfo> outputs() {
            return List.of(
                    FakeNetworks.info("logits f32[N,5]"),
                    FakeNetworks.info("keys f32[N,1,S,2]"),
                    FakeNetworks.info("count i64[N,1]"));
        }

        @Override
        public Map<String, Tensor> run(Map<String, Tensor> inputs) {
            prompts++;
            Tensor prompt = FakeNetworks.in(inputs, "prompt");
            int length = (int) prompt.shape().dim(1);
            long[][] sequences = new long[(int) prompt.shape().dim(0)][length];
            for (int row = 0; row < sequences.length; row++) {
                prompt.longs().get(row * length, sequences[row]);
            }
            Map<String, Tensor> outputs = states(sequences);
            outputs.put("logits", logitsOf(sequences));
            return outputs;
        }

        @Override
        public String device() {
            return "cpu";
        }

        @Override
        public void close() {}
    }

    private static Map<String, Tensor> states(long[][] sequences) {
        int length = sequences[0].length;
        Tensor keys = Tensor.allocate(ElementType.FLOAT32, sequences.length, 1, length, 2);
        Tensor count = Tensor.allocate(ElementType.INT64, sequences.length, 1);
        for (int row = 0; row < sequences.length; row++) {
            for (int t = 0; t < length; t++) {
                keys.floats().put((row * length + t) * 2, (float) sequences[row][t]);
            }
            count.longs().put(row, length);
        }
        return new HashMap<>(Map.of("keys", keys, "count", count));
    }

    private static Tensor logitsOf(long[][] sequences) {
        Tensor logits = Tensor.allocate(ElementType.FLOAT32, sequences.length, VOCABULARY);
        for (int row = 0; row < sequences.length; row++) {
            logits.floats().put(row * VOCABULARY, logits(sequences[row]));
        }
        return logits;
    }
}
