package org.menagerie.spi.answer;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Vectors: their length and norm, and the first few numbers. */
final class VectorAnswer {
    static final AnswerKind<float[]> KIND = new AnswerKind<>(float[].class, (vector, view) -> text(vector))
            .comparedBy(vector -> vector)
            .table(List.of("vector"), (vector, view) -> List.of(List.of(vector)));

    private static final int SHOWN = 8;

    private VectorAnswer() {}

    private static List<String> text(float[] vector) {
        double norm = Math.sqrt(IntStream.range(0, vector.length)
                .mapToDouble(i -> (double) vector[i] * vector[i])
                .sum());
        String first = IntStream.range(0, Math.min(SHOWN, vector.length))
                .mapToObj(i -> String.format(Locale.ROOT, "%.4f", vector[i]))
                .collect(Collectors.joining(" "));
        return List.of(String.format(
                Locale.ROOT,
                "%d numbers of norm %.4f: %s%s",
                vector.length,
                norm,
                first,
                vector.length > SHOWN ? " …" : ""));
    }
}
