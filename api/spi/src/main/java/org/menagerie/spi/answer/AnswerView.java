package org.menagerie.spi.answer;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds what a kind needs beside the answer in order to tell it. A kind tells answers nested in its own through the view.
 *
 * @param answers all kinds
 * @param input what is answered; null if it is unknown
 * @param labels the model's labels, whose order picks the colours of drawings; may be empty
 * @param topK the most items of a ranking
 */
public record AnswerView(Answers answers, @Nullable Object input, List<String> labels, int topK) {
    public AnswerView {
        labels = List.copyOf(labels);
    }

    /** The same view of another input. */
    public AnswerView of(@Nullable Object given) {
        return new AnswerView(answers, given, labels, topK);
    }

    /** The same view of a model with labels. */
    public AnswerView withLabels(List<String> given) {
        return new AnswerView(answers, input, given, topK);
    }

    /** The same view with another limit of rankings. */
    public AnswerView withTopK(int most) {
        return new AnswerView(answers, input, labels, most);
    }

    /** An answer for people to read. */
    public List<String> text(@Nullable Object answer) {
        return answers.text(answer, this);
    }

    /** An answer for programs. */
    public JsonNode json(@Nullable Object answer) {
        return answers.json(answer, this);
    }

    /** The answer as a vector that can be compared with others'; empty if it is none. */
    public Optional<float[]> vector(@Nullable Object answer) {
        return answers.vector(answer);
    }

    /** The answer as rows of a table; empty if it has none. */
    public Optional<List<List<Object>>> rows(@Nullable Object answer) {
        return answers.rows(answer, this);
    }

    /**
     * A picture of an answer.
     *
     * @param name of the picture, for example {@value AnswerKind#DRAWING}
     * @return empty if there is none of this name for the answer and its input
     */
    public Optional<BufferedImage> image(String name, Object answer) {
        return answers.image(name, answer, this);
    }
}
