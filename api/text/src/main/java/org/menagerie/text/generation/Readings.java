package org.menagerie.text.generation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Prepared;
import org.menagerie.spi.Preprocessor;
import org.menagerie.spi.Tensor;

/** The three ways to read: characters for an encoder, prompts to continue, and whatever a card's preprocessor prepares. */
final class Readings {
    private Readings() {}

    /** Characters {@code <input> i64[N,S]}, padded to the longest, and their numbers {@code <input>_length i32[N]}. */
    record Characters(Alphabet alphabet, String input) implements Reading<String> {
        @Override
        public Object key(String text) {
            return "";
        }

        @Override
        public Batch read(List<? extends String> texts) {
            List<List<String>> parts = texts.stream().map(alphabet::split).toList();
            Tensor lengths = Tensor.of(parts.stream().mapToInt(List::size).toArray(), texts.size());
            return new Batch(
                    Map.of(input, alphabet.encode(parts), input + "_length", lengths),
                    new int[0][],
                    parts,
                    lengths,
                    () -> {});
        }
    }

    /**
     * Prompts, grouped by their number of tokens and never padded.
     *
     * @param start the token before every prompt; −1 for none
     */
    record Prompts(Vocabulary vocabulary, int start) implements Reading<String> {
        @Override
        public Object key(String text) {
            return tokens(text).length;
        }

        @Override
        public Batch read(List<? extends String> texts) {
            List<int[]> prompts = new ArrayList<>();
            for (String text : texts) {
                prompts.add(tokens(text));
            }
            return new Batch(
                    Map.of(),
                    prompts.toArray(int[][]::new),
                    Collections.nCopies(texts.size(), List.of()),
                    null,
                    () -> {});
        }

        private int[] tokens(String text) {
            int[] read = vocabulary.read(text);
            if (start < 0) {
                if (read.length == 0) {
                    throw new InvalidInputException(
                            "An empty prompt cannot be continued: the model has no start token; give at least one token");
                }
                return read;
            }
            int[] started = new int[read.length + 1];
            started[0] = start;
            System.arraycopy(read, 0, started, 1, read.length);
            return started;
        }
    }

    /** Inputs of any type, prepared for an encoder. */
    record Prepares<I>(Preprocessor<I> preprocessor) implements Reading<I> {
        @Override
        public Object key(I input) {
            return preprocessor.batchKey(input);
        }

        @Override
        public Batch read(List<? extends I> inputs) {
            Prepared prepared = preprocessor.prepare(inputs);
            @Nullable Tensor all = null;
            return new Batch(
                    prepared.tensors(),
                    new int[0][],
                    Collections.nCopies(inputs.size(), List.of()),
                    all,
                    prepared::close);
        }

        @Override
        public void close() {
            preprocessor.close();
        }
    }
}
