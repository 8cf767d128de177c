package org.menagerie.decoding;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The usual rules on what a text may say. */
public final class Rules {
    private Rules() {}

    /** Forbids the end before a text has so many tokens. */
    public static TokenRule minimumLength(int tokens, int end) {
        return (input, said, logits) -> {
            if (said.length < tokens && end >= 0) {
                logits[end] = Float.NEGATIVE_INFINITY;
            }
        };
    }

    /** Forbids a token that would repeat n tokens in a row which the text has already. */
    public static TokenRule noRepeatedNgram(int n) {
        if (n < 1) {
            throw new IllegalArgumentException("N-grams of %d tokens; expected 1 or more".formatted(n));
        }
        return (input, said, logits) -> {
            int last = said.length - (n - 1);
            for (int from = 0; from + n <= said.length; from++) {
                if (Arrays.equals(said, from, from + n - 1, said, last, said.length)) {
                    logits[said[from + n - 1]] = Float.NEGATIVE_INFINITY;
                }
            }
        };
    }

    /** Makes every text begin with these tokens. */
    public static TokenRule prefix(int... tokens) {
        int[] forced = tokens.clone();
        return (input, said, logits) -> {
            if (said.length < forced.length) {
                keepOnly(logits, forced[said.length]);
            }
        };
    }

    /** Allows these texts only, each followed by the end. */
    public static TokenRule only(List<int[]> texts, int end) {
        Node root = new Node();
        for (int[] text : texts) {
            Node node = root;
            for (int token : text) {
                node = node.next.computeIfAbsent(token, key -> new Node());
            }
            node.next.put(end, new Node());
        }
        return (input, said, logits) -> {
            Node node = root;
            for (int token : said) {
                node = Objects.requireNonNull(node.next.get(token), "a text that the list does not have");
            }
            keepOnly(
                    logits, node.next.keySet().stream().mapToInt(token -> token).toArray());
        };
    }

    /** A place in the tree of all texts. */
    private static final class Node {
        private final Map<Integer, Node> next = new HashMap<>();
    }

    private static void keepOnly(float[] logits, int... tokens) {
        float[] kept = new float[tokens.length];
        for (int i = 0; i < tokens.length; i++) {
            kept[i] = logits[tokens[i]];
        }
        Arrays.fill(logits, Float.NEGATIVE_INFINITY);
        for (int i = 0; i < tokens.length; i++) {
            logits[tokens[i]] = kept[i];
        }
    }

    /**
     * Makes tokens that were said less likely (Keskar 2019, CTRL): their logits are divided by a factor where they are positive,
     * and multiplied by it where they are negative.
     *
     * @param factor above 1 for less repetition
     */
    public static TokenRule repetitionPenalty(double factor) {
        return (input, said, logits) -> Arrays.stream(said)
                .distinct()
                .forEach(token -> logits[token] *= (float) (logits[token] > 0 ? 1 / factor : factor));
    }
}
