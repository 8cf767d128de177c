package org.menagerie.text.generation;

import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.function.Function;
import org.menagerie.spi.CardException;
import org.menagerie.spi.ModelCard;

/**
 * The tokens of a vocabulary that are not part of texts.
 *
 * @param start begins a text; −1 for none
 * @param end ends one; −1 for none
 * @param forbidden by token: whether it is never written
 */
public record SpecialTokens(int start, int end, boolean[] forbidden) {
    /** The token that fills up shorter texts. */
    public static final String PADDING = "<pad>";

    /**
     * The special tokens of a card.
     *
     * @param files the file of each of its artifacts
     */
    public static SpecialTokens of(ModelCard card, GenerationSettings settings, Function<String, Path> files) {
        try (Vocabulary vocabulary = Vocabulary.of(settings, card, files)) {
            return of(card, vocabulary, settings, card.artifacts().containsKey("encoder"));
        }
    }

    /** @param reads whether an encoder reads, so that the decoder needs a start token */
    static SpecialTokens of(ModelCard card, Vocabulary vocabulary, GenerationSettings settings, boolean reads) {
        int start = token(card, vocabulary, settings.startOrDefault(), reads || settings.start() != null);
        int end = token(card, vocabulary, settings.endOrDefault(), reads || settings.end() != null);
        boolean[] forbidden = new boolean[vocabulary.size()];
        vocabulary.token(PADDING).ifPresent(padding -> forbidden[padding] = true);
        if (start >= 0 && start != end) {
            forbidden[start] = true;
        }
        return new SpecialTokens(start, end, forbidden);
    }

    private static int token(ModelCard card, Vocabulary vocabulary, String label, boolean needed) {
        OptionalInt token = vocabulary.token(label);
        if (needed && token.isEmpty()) {
            throw new CardException("Model '%s' needs '%s' among its %d tokens%s"
                    .formatted(
                            card.name(),
                            label,
                            vocabulary.size(),
                            card.labels().isEmpty() ? "" : "; its labels are " + card.labels()));
        }
        return token.orElse(-1);
    }
}
