package org.menagerie.text.generation;

import java.util.List;

/**
 * The texts that a network wrote for one input.
 *
 * @param texts of a beam search best first, of sampling in the order drawn
 */
public record GeneratedTexts(List<GeneratedText> texts) {
    public GeneratedTexts {
        texts = List.copyOf(texts);
    }
}
