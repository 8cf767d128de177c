package org.menagerie.cli;

import ai.djl.modality.Classifications;
import ai.djl.modality.Classifications.Classification;
import ai.djl.modality.cv.output.CategoryMask;
import ai.djl.modality.cv.output.DetectedObjects.DetectedObject;
import ai.djl.modality.cv.output.Rectangle;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.menagerie.text.generation.GeneratedTexts;

/** Answers of any task for people to read. */
final class AnswerText {
    private static final int SHOWN = 8;

    private final int topK;

    /**
     * A writer of answers.
     *
     * @param topK the most classes of a classification
     */
    AnswerText(int topK) {
        this.topK = topK;
    }

    /**
     * The lines of an answer.
     *
     * @param input what it answers; a picture's size turns fractions into pixels
     */
    List<String> of(Object answer, Object input) {
        if (answer instanceof Classifications classes) {
            List<Classification> items = AnswerJson.items(classes, topK);
            return items.isEmpty()
                    ? List.of("nothing found")
                    : items.stream().map(item -> line(item, input)).toList();
        }
        if (answer instanceof CategoryMask mask) {
            JsonNode pixels = new AnswerJson(topK, input).of(mask).path("pixels");
            long all = Math.max(
                    1, (long) mask.getMask().length * (mask.getMask().length == 0 ? 0 : mask.getMask()[0].length));
            return pixels.properties().stream()
                    .map(e -> text("%6.2f %%  %s", 100.0 * e.getValue().asLong() / all, e.getKey()))
                    .toList();
        }
        if (answer instanceof float[] vector) {
            double norm = Math.sqrt(IntStream.range(0, vector.length)
                    .mapToDouble(i -> (double) vector[i] * vector[i])
                    .sum());
            String first = IntStream.range(0, Math.min(SHOWN, vector.length))
                    .mapToObj(i -> text("%.4f", vector[i]))
                    .collect(Collectors.joining(" "));
            return List.of(text(
                    "%d numbers of norm %.4f: %s%s", vector.length, norm, first, vector.length > SHOWN ? " …" : ""));
        }
        if (answer instanceof GeneratedTexts written) {
            return written.texts().isEmpty()
                    ? List.of("nothing written")
                    : written.texts().stream()
                            .map(item -> text("%8.4f  %s", item.score(), item.text()))
                            .toList();
        }
        if (answer instanceof List<?> list) {
            return list.stream().flatMap(item -> of(item, input).stream()).toList();
        }
        return String.valueOf(answer).lines().toList();
    }

    private static String line(Classification item, Object input) {
        String label = text("%.4f  %s", item.getProbability(), item.getClassName());
        if (!(item instanceof DetectedObject detected)) {
            return label;
        }
        Rectangle box = AnswerJson.box(detected, input);
        return text("%s  at (%.0f, %.0f), %.0f x %.0f", label, box.getX(), box.getY(), box.getWidth(), box.getHeight());
    }

    private static String text(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
