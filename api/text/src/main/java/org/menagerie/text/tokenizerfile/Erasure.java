package org.menagerie.text.tokenizerfile;

import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * Whether normalizing can leave nothing of a text. Of an added token it must not: the native library then looks for the
 * empty text, and ends the process.
 */
final class Erasure {
    /** A regular expression of white space alone. */
    private static final Pattern WHITE = Pattern.compile("(\\[?( |\\\\[strnvf])+\\]?(\\+|\\{\\d+,?\\d*\\})?)+");

    private Erasure() {}

    /** True if a text holds more than what normalizers remove: space, controls, and marks, also within characters. */
    static boolean solid(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKD).codePoints().anyMatch(Erasure::solid);
    }

    private static boolean solid(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.COMBINING_SPACING_MARK,
                    Character.UNASSIGNED,
                    Character.SURROGATE,
                    Character.PRIVATE_USE -> false;
            default -> point != 0xFFFD;
        };
    }

    /** True if a normalizer, checked before, can turn solid characters into nothing or white space. */
    static boolean possible(Part normalizer) {
        return switch (normalizer.required("type").node().textValue()) {
            case "Sequence" ->
                normalizer.required("normalizers").items(Integer.MAX_VALUE).stream()
                        .anyMatch(Erasure::possible);
            case "Replace" ->
                !solid(normalizer.required("content").node().textValue()) && !white(normalizer.required("pattern"));
            case "Precompiled" ->
                Charsmap.of(normalizer.required("precompiled_charsmap")).erases();
            default -> false;
        };
    }

    private static boolean white(Part pattern) {
        return pattern.optional("String")
                .map(text -> !solid(text.node().textValue()))
                .orElseGet(() -> WHITE.matcher(pattern.required("Regex").node().textValue())
                        .matches());
    }
}
