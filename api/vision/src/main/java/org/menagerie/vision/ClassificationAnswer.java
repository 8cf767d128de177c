package org.menagerie.vision;

import ai.djl.modality.Classifications;
import ai.djl.modality.Classifications.Classification;
import ai.djl.modality.cv.Image;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.menagerie.spi.answer.AnswerKind;
import org.menagerie.spi.answer.AnswerView;

/** Classifications: the most probable classes, best first. The best is written on the picture. */
final class ClassificationAnswer {
    private ClassificationAnswer() {}

    static AnswerKind<Classifications> kind() {
        return new AnswerKind<>(Classifications.class, ClassificationAnswer::text)
                .json(ClassificationAnswer::json)
                .drawnOn(Image.class, ClassificationAnswer::draw)
                .table(List.of("label", "probability"), ClassificationAnswer::rows)
                .asRanking();
    }

    private static List<Classification> best(Classifications answer, AnswerView view) {
        List<Classification> items = answer.items();
        return items.subList(0, Math.min(view.topK(), items.size()));
    }

    private static List<String> text(Classifications answer, AnswerView view) {
        List<Classification> items = best(answer, view);
        return items.isEmpty()
                ? List.of("nothing found")
                : items.stream().map(ClassificationAnswer::line).toList();
    }

    /** For example {@code 0.9312  Ankle boot}. */
    static String line(Classification item) {
        return String.format(Locale.ROOT, "%.4f  %s", item.getProbability(), item.getClassName());
    }

    private static JsonNode json(Classifications answer, AnswerView view) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        best(answer, view)
                .forEach(item ->
                        list.addObject().put("label", item.getClassName()).put("probability", item.getProbability()));
        return list;
    }

    private static List<List<Object>> rows(Classifications answer, AnswerView view) {
        return best(answer, view).stream()
                .map(item -> List.<Object>of(item.getClassName(), item.getProbability()))
                .toList();
    }

    private static BufferedImage draw(Image picture, Classifications answer, AnswerView view) {
        Drawing drawing = Drawing.over(picture, labels(answer, view));
        if (!answer.getClassNames().isEmpty()) {
            Classification best = answer.best();
            drawing.label(scored(best), 0, 0, drawing.place(best.getClassName()));
        }
        return drawing.finish();
    }

    /** The model's labels; where it has none, those of the answer by name. */
    static List<String> labels(Classifications answer, AnswerView view) {
        return view.labels().isEmpty() ? List.copyOf(new TreeSet<>(answer.getClassNames())) : view.labels();
    }

    static String scored(Classification item) {
        return String.format(Locale.ROOT, "%s %.2f", item.getClassName(), item.getProbability());
    }
}
