package org.menagerie.text.generation;

import org.menagerie.spi.ModelKind;

/** Models that write a text for a text, an image, or whatever a card's preprocessor reads. */
public final class TextGeneration {
    private TextGeneration() {}

    /**
     * The kind of model whose card names the network {@code step}, and optionally {@code encoder} and {@code prompt};
     * docs/generation.md says what each takes and gives.
     */
    public static ModelKind<String, GeneratedTexts, GenerationSettings> kind() {
        return new ModelKind<>(String.class, GeneratedTexts.class, GenerationSettings.class, GenerationModel::ofTexts)
                .orPrepared(GenerationModel::of);
    }
}
