package org.menagerie.spi.answer;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All answer kinds, by type. Answers without a kind are told plainly: values, lists, maps, arrays and records by their parts,
 * anything else by its {@code toString}, or by its properties where it has none of its own. Thread-safe.
 */
public final class Answers {
    private static final int TOP_K = 5;

    private final Map<Class<?>, AnswerKind<?>> kinds = new LinkedHashMap<>();

    /**
     * Collects kinds; vectors ({@code float[]}) have one in any case.
     *
     * @throws IllegalArgumentException if two are of one type
     */
    public Answers(Collection<AnswerKind<?>> bound) {
        for (AnswerKind<?> kind : bound) {
            if (kinds.put(kind.type(), kind) != null) {
                throw new IllegalArgumentException(
                        "Two answer kinds are of type " + kind.type().getName());
            }
        }
        kinds.putIfAbsent(float[].class, VectorAnswer.KIND);
    }

    /**
     * How answers to an input are told.
     *
     * @param input null if it is unknown
     */
    public AnswerView view(@Nullable Object input) {
        return new AnswerView(this, input, List.of(), TOP_K);
    }

    /**
     * The kind of answers of a class: its own, else that of the most specific supertype that has one; where there are several, of
     * a class before an interface, then by name.
     */
    public <O> Optional<AnswerKind<? super O>> kind(Class<O> type) {
        return kinds.keySet().stream()
                .filter(candidate -> candidate.isAssignableFrom(type))
                .filter(candidate ->
                        supertypes(type).noneMatch(other -> other != candidate && candidate.isAssignableFrom(other)))
                .min(Comparator.<Class<?>, Boolean>comparing(Class::isInterface).thenComparing(Class::getName))
                .map(kinds::get)
                .map(Answers::cast);
    }

    private Stream<Class<?>> supertypes(Class<?> type) {
        return kinds.keySet().stream().filter(candidate -> candidate.isAssignableFrom(type));
    }

    /** The kind's type is a supertype of O. */
    @SuppressWarnings("unchecked")
    private static <O> AnswerKind<? super O> cast(AnswerKind<?> kind) {
        return (AnswerKind<? super O>) kind;
    }

    /** The kind of an answer. */
    @SuppressWarnings("unchecked")
    private <O> Optional<AnswerKind<? super O>> kind(O answer) {
        return kind((Class<O>) answer.getClass());
    }

    List<String> text(@Nullable Object answer, AnswerView view) {
        if (answer == null) {
            return List.of();
        }
        return kind(answer)
                .map(kind -> kind.text().apply(answer, view))
                .orElseGet(() -> PlainAnswers.text(answer, view));
    }

    JsonNode json(@Nullable Object answer, AnswerView view) {
        if (answer == null) {
            return PlainAnswers.json(null, view);
        }
        return kind(answer)
                .map(kind -> kind.json().apply(answer, view))
                .orElseGet(() -> PlainAnswers.json(answer, view));
    }

    Optional<float[]> vector(@Nullable Object answer) {
        return answer == null
                ? Optional.empty()
                : kind(answer).flatMap(kind -> kind.vector()).map(vector -> vector.apply(answer));
    }

    Optional<List<List<Object>>> rows(@Nullable Object answer, AnswerView view) {
        return answer == null
                ? Optional.empty()
                : kind(answer)
                        .flatMap(kind -> kind.table())
                        .map(table -> table.rows().apply(answer, view));
    }

    Optional<BufferedImage> image(String name, Object answer, AnswerView view) {
        return kind(answer).flatMap(kind -> image(kind, name, answer, view));
    }

    private static <O> Optional<BufferedImage> image(AnswerKind<O> kind, String name, Object answer, AnswerView view) {
        AnswerImage<?, O> image = kind.images().get(name);
        Object input = view.input();
        return image == null || !image.input().isInstance(input)
                ? Optional.empty()
                : Optional.of(image.paint(input, kind.type().cast(answer), view));
    }
}
