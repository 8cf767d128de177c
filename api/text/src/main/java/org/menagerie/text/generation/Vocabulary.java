package org.menagerie.text.generation;

import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.function.Function;
import org.menagerie.spi.ModelCard;

/** The tokens that a decoder writes, and the way from texts to them and back. Thread-safe. */
interface Vocabulary extends AutoCloseable {
    /**
     * The tokens of a card: those of its artifact {@code tokenizer}, else its labels.
     *
     * @param files the file of each artifact
     */
    static Vocabulary of(GenerationSettings settings, ModelCard card, Function<String, Path> files) {
        return card.artifacts().containsKey("tokenizer")
                ? FileVocabulary.open(files.apply("tokenizer"))
                : new LabelVocabulary(card.labels(), settings.separatorOrDefault(), settings.lowerCaseOrDefault());
    }

    /** The number of tokens. */
    int size();

    /** The number of a token by its label; empty if there is no such token. */
    OptionalInt token(String label);

    /** The label of a token. */
    String label(int token);

    /**
     * The tokens of a text.
     *
     * @throws org.menagerie.spi.InvalidInputException naming the part of the text that no token stands for
     */
    int[] read(String text);

    /** Puts tokens together to a text, one at a time. */
    Writer writer();

    /** The whole text of some tokens. */
    default String text(int[] tokens) {
        Writer writer = writer();
        StringBuilder text = new StringBuilder();
        for (int token : tokens) {
            text.append(writer.add(token));
        }
        return text.append(writer.end()).toString();
    }

    @Override
    default void close() {}

    /** A text that grows by tokens. For one thread. */
    interface Writer {
        /** The text that a token adds; empty while a character is not complete. */
        String add(int token);

        /** What was held back. */
        default String end() {
            return "";
        }
    }
}
