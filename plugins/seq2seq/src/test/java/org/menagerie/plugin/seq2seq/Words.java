package org.menagerie.plugin.seq2seq;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.menagerie.plugin.seq2seq.Seq2Seq.Attention;
import org.menagerie.plugin.seq2seq.Seq2Seq.Cell;
import org.menagerie.plugin.seq2seq.Seq2Seq.Config;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Network;
import org.menagerie.spi.Tensor;

/** Small networks over random words, and a decoding loop that is written out. */
final class Words {
    static final int LETTERS = 9;
    static final int CLASSES = 7;
    private static final int LONGEST = 6;

    private Words() {}

    static Config config(Cell cell, Attention attention, boolean bidirectional, int layers) {
        return config(cell, attention, bidirectional, layers, null);
    }

    static Config config(Cell cell, Attention attention, boolean bidirectional, int layers, @Nullable Boolean values) {
        return new Config(
                cell, attention, LETTERS, CLASSES, 5, 8, layers, bidirectional, 0.1, SamplingDecay.LINEAR, 0.5, values);
    }

    /** Words of 1 to 6 letters and as many tokens, the last word of full length, padded. */
    static Map<String, Tensor> batch(int size, RandomGenerator random) {
        Tensor spelling = Tensor.allocate(ElementType.INT64, size, LONGEST);
        Tensor length = Tensor.allocate(ElementType.INT32, size);
        Tensor phonemes = Tensor.allocate(ElementType.INT64, size, LONGEST + 2);
        for (int i = 0; i < size; i++) {
            int letters = i == size - 1 ? LONGEST : 1 + random.nextInt(LONGEST);
            length.ints().put(i, letters);
            phonemes.longs().put(i * (LONGEST + 2), 1);
            for (int at = 0; at < letters; at++) {
                int letter = 1 + random.nextInt(LETTERS - 1);
                spelling.longs().put(i * LONGEST + at, letter);
                phonemes.longs().put(i * (LONGEST + 2) + 1 + at, 3 + letter % (CLASSES - 3));
            }
            phonemes.longs().put(i * (LONGEST + 2) + 1 + letters, 2);
        }
        Map<String, Tensor> batch = new LinkedHashMap<>();
        batch.put("spelling", spelling);
        batch.put("spelling_length", length);
        batch.put("phonemes", phonemes);
        return batch;
    }

    /** The encoder once, then the step network for each token of the known targets. */
    static Map<String, Tensor> together(Map<String, Network> networks, Map<String, Tensor> batch) {
        Map<String, Tensor> encoded = in(networks, "encoder")
                .run(Map.of("spelling", in(batch, "spelling"), "spelling_length", in(batch, "spelling_length")));
        Tensor phonemes = in(batch, "phonemes");
        int rows = (int) phonemes.shape().dim(0);
        int tokens = (int) phonemes.shape().dim(1);
        Tensor logits = Tensor.allocate(ElementType.FLOAT32, rows, tokens - 1, CLASSES);
        Tensor state = in(encoded, "state");
        for (int t = 0; t < tokens - 1; t++) {
            Map<String, Tensor> fed = new LinkedHashMap<>();
            // Rows in reverse, to see that a row continues the input that its source names.
            fed.put("token", Tensor.allocate(ElementType.INT64, rows));
            fed.put("source", Tensor.allocate(ElementType.INT64, rows));
            for (int row = 0; row < rows; row++) {
                in(fed, "token").longs().put(row, phonemes.longs().get((rows - 1 - row) * tokens + t));
                in(fed, "source").longs().put(row, rows - 1 - row);
            }
            fed.putAll(encoded);
            fed.put("state", t == 0 ? reversed(state) : state);
            fed.put("spelling_length", in(batch, "spelling_length"));
            Network step = in(networks, "step");
            fed.keySet()
                    .retainAll(step.inputs().stream().map(input -> input.name()).toList());
            Map<String, Tensor> outputs = step.run(fed);
            state = in(outputs, "next_state");
            float[] found = in(outputs, "logits").toFloatArray();
            for (int row = 0; row < rows; row++) {
                logits.floats().put(((rows - 1 - row) * (tokens - 1) + t) * CLASSES, found, row * CLASSES, CLASSES);
            }
        }
        return Map.of("logits", logits);
    }

    private static Tensor reversed(Tensor rows) {
        Tensor reversed = rows.copy();
        int count = (int) rows.shape().dim(0);
        int bytes = rows.bytes().capacity() / count;
        for (int row = 0; row < count; row++) {
            reversed.bytes().put(row * bytes, rows.bytes(), (count - 1 - row) * bytes, bytes);
        }
        return reversed;
    }

    static <T> T in(Map<String, T> map, String name) {
        return Objects.requireNonNull(map.get(name), name);
    }
}
