package org.menagerie.explain.imagine;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.menagerie.explain.render.Figure;

/**
 * A picture that a network imagined.
 *
 * @param model the model, or the file of a network without a card
 * @param method the method with its settings, as it was asked for
 * @param weights which weights were used, in a sentence
 * @param picture the picture alone
 * @param lines what was optimised and how far that went, in sentences
 */
public record Imagined(String model, String method, String weights, BufferedImage picture, List<String> lines) {
    public Imagined {
        lines = List.copyOf(lines);
    }

    /** Method, what was optimised, and which weights were used. */
    public List<String> caption() {
        List<String> caption = new ArrayList<>();
        caption.add("%s: %s".formatted(model, method));
        caption.addAll(lines);
        caption.add(weights);
        return caption;
    }

    /** The picture above its caption; a small one is enlarged. */
    public BufferedImage figure() {
        return Figure.captioned(Figure.row(List.of(picture)), caption());
    }
}
