package org.menagerie.text.generation;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** Texts that end an answer, which is cut before the first of them. */
record StopStrings(List<String> texts) {
    /** Tokens that may stand for no character, in the part of a text that is looked at. */
    private static final int SLACK = 8;

    /** Whether the tokens said so far have come to a stop; only their end is put together. */
    Predicate<int[]> in(Vocabulary vocabulary) {
        int longest = texts.stream().mapToInt(String::length).max().orElse(0);
        return said -> {
            int from = Math.max(0, said.length - longest - SLACK);
            int[] end = Arrays.copyOfRange(said, from, said.length);
            return at(vocabulary.text(end)) >= 0;
        };
    }

    /** Where the first stop begins; −1 if there is none. */
    int at(String text) {
        return texts.stream()
                .mapToInt(text::indexOf)
                .filter(at -> at >= 0)
                .min()
                .orElse(-1);
    }

    /** The text before the first stop. */
    String cut(String text) {
        int at = at(text);
        return at < 0 ? text : text.substring(0, at);
    }

    /** How many characters at a text's end may be the beginning of a stop. */
    int held(String text) {
        for (int length = Math.min(
                        text.length(),
                        texts.stream().mapToInt(String::length).max().orElse(0));
                length > 0;
                length--) {
            String end = text.substring(text.length() - length);
            if (texts.stream().anyMatch(stop -> stop.startsWith(end))) {
                return length;
            }
        }
        return 0;
    }
}
