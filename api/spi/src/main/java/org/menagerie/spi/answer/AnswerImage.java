package org.menagerie.spi.answer;

import java.awt.image.BufferedImage;

/**
 * A picture that can be made of an answer.
 *
 * @param input what the answer must be given to; {@code Object} if the picture does not show the input
 * @param painter makes the picture
 */
public record AnswerImage<I, O>(Class<I> input, Painter<I, O> painter) {
    /** Makes a picture of an answer. */
    @FunctionalInterface
    public interface Painter<I, O> {
        BufferedImage paint(I input, O answer, AnswerView view);
    }

    BufferedImage paint(Object given, O answer, AnswerView view) {
        return painter.paint(input.cast(given), answer, view);
    }
}
