package org.menagerie.text.generation;

import org.menagerie.spi.ModelKind;

/** Models that write a text for a text. */
public final class TextGeneration {
    private TextGeneration() {}

    /** The kind of model whose card names the networks {@code encoder} and {@code step}. */
    public static ModelKind<String, GeneratedTexts, GenerationSettings> kind() {
        return new ModelKind<>(String.class, GeneratedTexts.class, GenerationSettings.class, TextGenerator::new);
    }
}
