package org.menagerie.training.data;

import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;
import org.menagerie.weights.Sha256;

/**
 * Spelled words with their phonemes, padded to the longest of a batch: {@code spelling} i64[B,S], indices into {@link
 * #LETTERS}; {@code spelling_length} i32[B]; {@code phonemes} i64[B,T], indices into {@link #SYMBOLS} that start with
 * {@code <s>} and end with {@code </s>}.
 */
public final class Pronunciations implements Dataset {
    /** The phonemes of ARPAbet without stress, 39. */
    static final List<String> PHONEMES = List.of(
            "AA", "AE", "AH", "AO", "AW", "AY", "B", "CH", "D", "DH", "EH", "ER", "EY", "F", "G", "HH", "IH", "IY",
            "JH", "K", "L", "M", "N", "NG", "OW", "OY", "P", "R", "S", "SH", "T", "TH", "UH", "UW", "V", "W", "Y", "Z",
            "ZH");

    /** What a spelling is made of, by index: padding, the apostrophe, a to z. */
    public static final List<String> LETTERS = Stream.concat(
                    Stream.of("<pad>", "'"), IntStream.rangeClosed('a', 'z').mapToObj(Character::toString))
            .toList();

    /** What a pronunciation is made of, by index: padding, start, end, the phonemes. */
    public static final List<String> SYMBOLS =
            Stream.concat(Stream.of("<pad>", "<s>", "</s>"), PHONEMES.stream()).toList();

    private static final long START = 1;
    private static final long END = 2;

    /** More phonemes than a word has. */
    private static final int LONGEST = 1_000;

    private final List<String> spellings;
    private final List<List<List<String>>> pronunciations;
    private final DatasetInfo info;

    /**
     * @param spellings the words, by example
     * @param pronunciations all pronunciations of each example's word; the first is the one to learn
     */
    Pronunciations(String name, List<String> spellings, List<List<List<String>>> pronunciations) {
        this.spellings = List.copyOf(spellings);
        this.pronunciations = List.copyOf(pronunciations);
        List<byte[]> content = new ArrayList<>();
        for (int i = 0; i < spellings.size(); i++) {
            content.add((spellings.get(i) + pronunciations.get(i) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        this.info = new DatasetInfo(
                name,
                Sha256.of(content.toArray(byte[][]::new)),
                List.of(
                        Column.of("spelling", "i64[B,S]"),
                        Column.of("spelling_length", "i32[B]"),
                        Column.of("phonemes", "i64[B,T]")),
                SYMBOLS,
                LETTERS);
    }

    @Override
    public DatasetInfo info() {
        return info;
    }

    @Override
    public int size() {
        return spellings.size();
    }

    /** The spelling of an example. */
    public String spelling(int index) {
        return spellings.get(index);
    }

    /** All pronunciations of an example's word, the one to learn first; a prediction that equals any is right. */
    public List<List<String>> all(int index) {
        return pronunciations.get(index);
    }

    /** Letters, then phonemes: an order in which neighbours need little padding of either. */
    @Override
    public int length(int index) {
        return spellings.get(index).length() * LONGEST
                + pronunciations.get(index).get(0).size();
    }

    /** By the alphabets. */
    @Override
    public Optional<Range> range(String column) {
        return switch (column) {
            case "spelling" -> Optional.of(new Range(0, LETTERS.size() - 1));
            case "phonemes" -> Optional.of(new Range(0, SYMBOLS.size() - 1));
            default -> Optional.empty();
        };
    }

    @Override
    public Map<String, Tensor> batch(int[] indices, BatchMemory memory) {
        int longest = 0;
        int most = 0;
        for (int index : indices) {
            longest = Math.max(longest, spellings.get(index).length());
            most = Math.max(most, pronunciations.get(index).get(0).size());
        }
        Tensor spelling = memory.tensor("spelling", ElementType.INT64, indices.length, longest);
        Tensor length = memory.tensor("spelling_length", ElementType.INT32, indices.length);
        Tensor phonemes = memory.tensor("phonemes", ElementType.INT64, indices.length, most + 2);
        LongBuffer letters = spelling.longs();
        IntBuffer lengths = length.ints();
        LongBuffer symbols = phonemes.longs();
        for (int index : indices) {
            String word = spellings.get(index);
            lengths.put(word.length());
            word.chars().forEach(c -> letters.put(c == '\'' ? 1 : c - 'a' + 2));
            pad(letters, longest - word.length());
            List<String> spoken = pronunciations.get(index).get(0);
            symbols.put(START);
            spoken.forEach(phoneme -> symbols.put(SYMBOLS.indexOf(phoneme)));
            symbols.put(END);
            pad(symbols, most - spoken.size());
        }
        Map<String, Tensor> batch = new LinkedHashMap<>();
        batch.put("spelling", spelling);
        batch.put("spelling_length", length);
        batch.put("phonemes", phonemes);
        return batch;
    }

    private static void pad(LongBuffer to, int count) {
        for (int i = 0; i < count; i++) {
            to.put(0);
        }
    }
}
