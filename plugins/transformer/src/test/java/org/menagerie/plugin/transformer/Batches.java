package org.menagerie.plugin.transformer;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;

/** Small batches of words, of token ids and of texts. */
final class Batches {
    static final int LETTERS = 7;
    static final int CLASSES = 6;

    private Batches() {}

    /** Three words of 5, 3 and 4 letters, padded; their targets are padded too. */
    static Map<String, Tensor> words() {
        Map<String, Tensor> batch = new LinkedHashMap<>();
        batch.put("spelling", Tensor.of(new long[] {1, 2, 3, 4, 5, 6, 1, 3, 0, 0, 2, 2, 5, 1, 0}, 3, 5));
        batch.put("spelling_length", Tensor.of(new int[] {5, 3, 4}, 3));
        batch.put("phonemes", Tensor.of(new long[] {1, 3, 4, 5, 3, 2, 1, 5, 2, 0, 0, 0, 1, 4, 4, 3, 2, 0}, 3, 6));
        return batch;
    }

    /** Words of 1 to 6 letters and as many tokens, the last of full length. */
    static Map<String, Tensor> words(int size, RandomGenerator random) {
        int longest = 6;
        Tensor spelling = Tensor.allocate(ElementType.INT64, size, longest);
        Tensor length = Tensor.allocate(ElementType.INT32, size);
        Tensor phonemes = Tensor.allocate(ElementType.INT64, size, longest + 2);
        for (int i = 0; i < size; i++) {
            int letters = i == size - 1 ? longest : 1 + random.nextInt(longest);
            length.ints().put(i, letters);
            phonemes.longs().put(i * (longest + 2), 1);
            for (int at = 0; at < letters; at++) {
                int letter = 1 + random.nextInt(LETTERS - 1);
                spelling.longs().put(i * longest + at, letter);
                phonemes.longs().put(i * (longest + 2) + 1 + at, 3 + letter % (CLASSES - 3));
            }
            phonemes.longs().put(i * (longest + 2) + 1 + letters, 2);
        }
        Map<String, Tensor> batch = new LinkedHashMap<>();
        batch.put("spelling", spelling);
        batch.put("spelling_length", length);
        batch.put("phonemes", phonemes);
        return batch;
    }

    /** Two texts of seven tokens. */
    static Map<String, Tensor> texts() {
        return Map.of("text", Tensor.of(new long[] {1, 2, 3, 4, 5, 0, 2, 5, 5, 1, 0, 3, 2, 4}, 2, 7));
    }

    /** Texts of seven tokens, each the one before and a step of one or two more. */
    static Map<String, Tensor> texts(int size, RandomGenerator random) {
        Tensor text = Tensor.allocate(ElementType.INT64, size, 7);
        for (int i = 0; i < size; i++) {
            int token = random.nextInt(CLASSES);
            for (int at = 0; at < 7; at++) {
                text.longs().put(i * 7 + at, token);
                token = (token + 1 + random.nextInt(2)) % CLASSES;
            }
        }
        return Map.of("text", text);
    }
}
