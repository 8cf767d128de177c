package org.menagerie.text.generation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.menagerie.spi.ZooException;
import org.menagerie.text.Tokenizer;

/** The tokens of a Hugging Face {@code tokenizer.json}. */
final class FileVocabulary implements Vocabulary {
    /** Prompts are cut to this length. */
    private static final int MOST_TOKENS = 8192;

    private final Tokenizer tokenizer;
    private final String[] labels;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final TokenText text;

    private FileVocabulary(Tokenizer tokenizer, Map<Integer, String> byNumber, TokenText text) {
        this.tokenizer = tokenizer;
        this.labels = new String[byNumber.isEmpty() ? 0 : 1 + new TreeMap<>(byNumber).lastKey()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = byNumber.getOrDefault(i, "");
        }
        byNumber.forEach((number, label) -> numbers.put(label, number));
        this.text = text;
    }

    static FileVocabulary open(Path file) {
        Tokenizer tokenizer = Tokenizer.open(file, MOST_TOKENS);
        try {
            JsonNode root = new ObjectMapper().readTree(file.toFile());
            Map<Integer, String> labels = new HashMap<>();
            JsonNode vocabulary = root.path("model").path("vocab");
            if (vocabulary.isArray()) {
                for (int i = 0; i < vocabulary.size(); i++) {
                    labels.put(i, vocabulary.get(i).path(0).asText());
                }
            } else {
                vocabulary
                        .properties()
                        .forEach(entry -> labels.put(entry.getValue().asInt(), entry.getKey()));
            }
            root.path("added_tokens")
                    .forEach(token -> labels.put(
                            token.path("id").asInt(), token.path("content").asText()));
            return new FileVocabulary(tokenizer, labels, TokenText.of(file, root.path("decoder")));
        } catch (IOException | RuntimeException e) {
            tokenizer.close();
            throw new ZooException("%s tells no vocabulary: %s".formatted(file, e.getMessage()), e);
        }
    }

    @Override
    public int size() {
        return labels.length;
    }

    @Override
    public OptionalInt token(String label) {
        Integer number = numbers.get(label);
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    @Override
    public String label(int token) {
        return labels[token];
    }

    @Override
    public int[] read(String given) {
        long[] ids = given.isEmpty() ? new long[0] : tokenizer.encode(given).ids();
        int[] tokens = new int[ids.length];
        for (int i = 0; i < ids.length; i++) {
            tokens[i] = (int) ids[i];
        }
        return tokens;
    }

    @Override
    public Writer writer() {
        return text.writer(labels);
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
