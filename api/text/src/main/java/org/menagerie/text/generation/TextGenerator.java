package org.menagerie.text.generation;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.menagerie.spi.Model;
import org.menagerie.spi.ZooException;

/**
 * A model that writes texts token by token, and shows each token as soon as it is chosen. Thread-safe.
 *
 * <p>Every model of the kind {@code text-generation} is one; {@link #of} gives it. Greedy search and sampling can be
 * followed; a beam search decides about its first token when it has seen the last one.
 *
 * @param <I> what texts are written for: a text, an image, …
 */
public interface TextGenerator<I> {
    /** True if a text can be followed while it is written: the model draws or searches greedily, and answers one text. */
    boolean canBeFollowed();

    /**
     * The pieces of one text, each chosen when the stream is asked for it. Closing the stream early ends the text.
     *
     * @throws ZooException if the model searches with a beam or answers more than one text
     */
    Stream<GeneratedPiece> stream(I input);

    /**
     * Writes one text and shows each piece when it is chosen.
     *
     * @return the whole text, as {@code predict} answers it
     * @throws ZooException if the model searches with a beam or answers more than one text
     */
    GeneratedText write(I input, Consumer<? super GeneratedPiece> listener);

    /**
     * The generator that a model is, for inputs of the type that the model takes.
     *
     * @throws ZooException if it is not a model that writes texts
     */
    static <I> TextGenerator<I> of(Model<?, ?> model) {
        return TextGenerator.<I>find(model)
                .orElseThrow(() -> new ZooException("Model '%s' does not write texts; its task is %s"
                        .formatted(model.card().name(), model.card().task())));
    }
    /** The generator that a model is, for inputs of the type that the model takes; empty if it does not write texts. */
    @SuppressWarnings("unchecked") // the caller states what the model takes
    static <I> Optional<TextGenerator<I>> find(Model<?, ?> model) {
        return model.extension(TextGenerator.class).map(generator -> (TextGenerator<I>) generator);
    }
}
