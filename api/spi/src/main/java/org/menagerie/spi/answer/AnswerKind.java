package org.menagerie.spi.answer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * An answer type and the forms in which it can be told. Bound by a plugin through {@code PluginBinder.answer}; found by the class
 * of an answer, or by the most specific of its supertypes that has a kind.
 *
 * <pre>{@code
 * new AnswerKind<>(LineSegments.class, (segments, view) -> segments.lines())
 *         .drawn(Image.class, (image, segments, view) -> …)
 * }</pre>
 *
 * @param type the answer type
 * @param text the lines that people read
 * @param json the answer for programs; a record is told by its components unless the kind says otherwise
 * @param images the images that can be made of an answer, by name; {@value #DRAWING} is the answer drawn on its input
 * @param table the answer as rows, for spreadsheets and data frames
 * @param vector the answer as a vector, for answers that can be compared with each other by the cosine
 * @param ranked true if the answer is a ranking, best first, of which a caller may want the first few only
 */
public record AnswerKind<O>(
        Class<O> type,
        BiFunction<O, AnswerView, List<String>> text,
        BiFunction<O, AnswerView, JsonNode> json,
        Map<String, AnswerImage<?, O>> images,
        Optional<AnswerTable<O>> table,
        Optional<Function<O, float[]>> vector,
        boolean ranked) {
    /** The image of an answer on its input. */
    public static final String DRAWING = "drawing";

    public AnswerKind {
        images = Map.copyOf(images);
    }

    /** Answers that are told as lines of text, and as JSON by the components of their record. */
    public AnswerKind(Class<O> type, BiFunction<O, AnswerView, List<String>> text) {
        this(
                type,
                text,
                (answer, view) -> PlainAnswers.json(answer, view),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    /** The same kind with its own JSON. */
    public AnswerKind<O> json(BiFunction<O, AnswerView, JsonNode> own) {
        return new AnswerKind<>(type, text, own, images, table, vector, ranked);
    }

    /** The same kind with one more image. */
    public <I> AnswerKind<O> image(String name, Class<I> input, AnswerImage.Painter<I, O> painter) {
        Map<String, AnswerImage<?, O>> more = new TreeMap<>(images);
        more.put(name, new AnswerImage<>(input, painter));
        return new AnswerKind<>(type, text, json, more, table, vector, ranked);
    }

    /** The same kind, drawn on inputs of a type. */
    public <I> AnswerKind<O> drawnOn(Class<I> input, AnswerImage.Painter<I, O> painter) {
        return image(DRAWING, input, painter);
    }

    /** The same kind, told as rows of a table too. */
    public AnswerKind<O> table(List<String> columns, BiFunction<O, AnswerView, List<List<Object>>> rows) {
        return new AnswerKind<>(
                type, text, json, images, Optional.of(new AnswerTable<>(columns, rows)), vector, ranked);
    }

    /** The same kind, whose answers can be compared by the cosines of these vectors. */
    public AnswerKind<O> comparedBy(Function<O, float[]> vectorOf) {
        return new AnswerKind<>(type, text, json, images, table, Optional.of(vectorOf), ranked);
    }

    /** The same kind as a ranking: {@link AnswerView#topK} says how many of its items are told. */
    public AnswerKind<O> asRanking() {
        return new AnswerKind<>(type, text, json, images, table, vector, true);
    }
}
