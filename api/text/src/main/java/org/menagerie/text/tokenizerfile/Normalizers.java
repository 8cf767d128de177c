package org.menagerie.text.tokenizerfile;

import java.util.Set;

/** Normalizers, and by how much they can make a text grow. */
final class Normalizers {
    private static final Set<String> TYPES = Set.of(
            "BertNormalizer",
            "ByteLevel",
            "Lowercase",
            "NFC",
            "NFD",
            "NFKC",
            "NFKD",
            "Nmt",
            "Precompiled",
            "Prepend",
            "Replace",
            "Sequence",
            "Strip",
            "StripAccents");
    private static final int MOST_STEPS = 100;
    private static final int MOST_DEPTH = 8;
    private static final int MOST_CHARS = 100;
    private static final long MOST_GROWTH = 1_000;
    /** Unicode's longest compatibility decomposition, in characters. */
    private static final int DECOMPOSED = 18;

    private Normalizers() {}

    /** How many characters one can become; an error if that is out of proportion. */
    static long growth(Part normalizer) {
        long growth = growth(normalizer, 0);
        if (growth > MOST_GROWTH) {
            throw normalizer.error(
                    "can make a text %,d times as long; at most %,d times is read".formatted(growth, MOST_GROWTH));
        }
        return growth;
    }

    private static long growth(Part normalizer, int depth) {
        if (depth > MOST_DEPTH) {
            throw normalizer.error("is nested too deeply");
        }
        return switch (normalizer.type(TYPES)) {
            case "Sequence" -> {
                long product = 1;
                for (Part step : normalizer.required("normalizers").items(MOST_STEPS)) {
                    product = Math.min(Integer.MAX_VALUE, product * growth(step, depth + 1));
                }
                yield product;
            }
            case "Prepend" ->
                1 + normalizer.required("prepend").text(MOST_CHARS).length();
            case "Replace" -> {
                Patterns.check(normalizer.required("pattern"));
                yield Math.max(
                        1, normalizer.required("content").text(MOST_CHARS).length());
            }
            case "Precompiled" ->
                Math.max(
                        1,
                        Charsmap.of(normalizer.required("precompiled_charsmap")).longest());
            case "NFD", "NFKC", "NFKD" -> DECOMPOSED;
            default -> 1;
        };
    }
}
