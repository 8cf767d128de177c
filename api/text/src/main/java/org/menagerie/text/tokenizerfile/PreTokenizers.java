package org.menagerie.text.tokenizerfile;

import java.util.Set;

/** How a text is cut before its vocabulary is looked at. */
final class PreTokenizers {
    private static final Set<String> TYPES = Set.of(
            "BertPreTokenizer",
            "ByteLevel",
            "CharDelimiterSplit",
            "Digits",
            "FixedLength",
            "Metaspace",
            "Punctuation",
            "Sequence",
            "Split",
            "UnicodeScripts",
            "Whitespace",
            "WhitespaceSplit");
    private static final int MOST_STEPS = 100;
    private static final int MOST_DEPTH = 8;

    private PreTokenizers() {}

    static void check(Part step) {
        check(step, 0);
    }

    private static void check(Part step, int depth) {
        if (depth > MOST_DEPTH) {
            throw step.error("is nested too deeply");
        }
        switch (step.type(TYPES)) {
            case "Sequence" -> step.required("pretokenizers").items(MOST_STEPS).forEach(part -> check(part, depth + 1));
            case "Split" -> Patterns.check(step.required("pattern"));
            case "Metaspace" -> oneCharacter(step.required("replacement"));
            case "CharDelimiterSplit" -> oneCharacter(step.required("delimiter"));
            case "FixedLength" -> step.optional("length").ifPresent(length -> length.integer(1, 1_000_000));
            default -> {}
        }
    }

    private static void oneCharacter(Part part) {
        String text = part.text(2);
        if (text.codePointCount(0, text.length()) != 1) {
            throw part.error("is '%s', expected one character".formatted(text));
        }
    }
}
