package org.menagerie.text.tokenizerfile;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * Patterns that texts are cut or replaced by. A regular expression that goes back over long stretches of a text takes
 * quadratic time or more, and the native library ends the process where the search gives up. So one is taken only if each
 * of its alternatives is known from published tokenizers, or repeats without a bound nowhere but at its end, and takes at
 * least one character.
 */
final class Patterns {
    private static final int MOST_CHARS = 1_000;
    private static final int MOST_REPEATED = 100;
    private static final int MOST_WAYS = 10_000;

    /** Alternatives of GPT-2, GPT-4, GPT-4o, Llama 3, Qwen 2 and DeepSeek that do not fit the rule. */
    private static final Set<String> KNOWN = Set.of(
            "\\s+(?!\\S)",
            "\\s+$",
            "\\s*[\\r\\n]",
            "\\s*[\\r\\n]+",
            " ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*",
            " ?[^\\s\\p{L}\\p{N}]++[\\r\\n]*",
            " ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*",
            " ?[\\p{P}\\p{S}]+[\\r\\n]*",
            "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+"
                    + "(?i:'s|'t|'re|'ve|'m|'ll|'d)?",
            "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*"
                    + "(?i:'s|'t|'re|'ve|'m|'ll|'d)?");

    private Patterns() {}

    /** Checks {@code {"String": …}} or {@code {"Regex": …}}. */
    static void check(Part pattern) {
        if (pattern.optional("String").isPresent()) {
            if (pattern.required("String").text(MOST_CHARS).isEmpty()) {
                throw pattern.error("is empty");
            }
            return;
        }
        Part regex = pattern.required("Regex");
        String text = regex.text(MOST_CHARS);
        if (text.isEmpty()) {
            throw regex.error("is empty");
        }
        for (String alternative : alternatives(text)) {
            if (!KNOWN.contains(alternative)) {
                new Scan(alternative, regex).run();
            }
        }
    }

    /** The parts between the bars that are in no group and no class. */
    private static List<String> alternatives(String regex) {
        List<String> alternatives = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int at = 0; at < regex.length(); at++) {
            switch (regex.charAt(at)) {
                case '\\' -> at++;
                case '(', '[' -> depth++;
                case ')', ']' -> depth--;
                case '|' -> {
                    if (depth == 0) {
                        alternatives.add(regex.substring(start, at));
                        start = at + 1;
                    }
                }
                default -> {}
            }
        }
        alternatives.add(regex.substring(start));
        return alternatives;
    }

    /** Whether a group takes at least one character, whichever of its alternatives matches. */
    private static final class Level {
        private final boolean look;
        private boolean all = true;
        private boolean current;

        Level(boolean look) {
            this.look = look;
        }

        void next() {
            all &= current;
            current = false;
        }

        boolean consumes() {
            return all && current;
        }
    }

    /** One walk over an alternative. */
    private static final class Scan {
        private static final Set<String> GROUPS = Set.of("(?:", "(?i:", "(?=", "(?!", "(?<=", "(?<!");

        private final String regex;
        private final Part part;
        private int depth;
        private int at;
        private boolean open; // an unbounded repetition came
        private long ways = 1; // in which the bounded parts can match
        private boolean pending; // the last element takes at least one character
        private final Deque<Level> levels = new ArrayDeque<>(List.of(new Level(false)));
        private char before; // what a quantifier would repeat: 'x' one character, ')' a group, 'q' something repeated

        Scan(String regex, Part part) {
            this.regex = regex;
            this.part = part;
        }

        void run() {
            while (at < regex.length()) {
                char c = regex.charAt(at);
                boolean optional = c == '?' || c == '*' || regex.startsWith("{0", at);
                settle(optional);
                boolean repeats = c == '*' || c == '+' || c == '?' || c == '{';
                if (repeats && (before == 'x' || before == ')')) {
                    quantifier(c);
                } else if (repeats) {
                    throw refused("repeats what is repeated already, or nothing");
                } else {
                    element(c);
                }
            }
            if (depth != 0) {
                throw refused("has parentheses that do not match");
            }
            settle(false);
            if (!levels.element().consumes()) {
                throw refused("matches nothing at all");
            }
        }

        /** What came last must be there, unless it is optional. */
        private void settle(boolean optional) {
            levels.element().current |= pending && !optional;
            pending = false;
        }

        private void element(char c) {
            if (open) {
                throw refused("goes on behind a repetition without a bound");
            }
            switch (c) {
                case '(' -> {
                    String group = GROUPS.stream()
                            .filter(start -> regex.startsWith(start, at))
                            .max(Comparator.comparingInt(String::length))
                            .orElse("(");
                    if (group.equals("(") && regex.startsWith("(?", at)) {
                        throw refused("has a group of a kind that is not read");
                    }
                    depth++;
                    at += group.length();
                    before = 0;
                    levels.push(
                            new Level(group.startsWith("(?=") || group.startsWith("(?!") || group.startsWith("(?<")));
                }
                case ')' -> {
                    if (--depth < 0) {
                        throw refused("has parentheses that do not match");
                    }
                    at++;
                    before = ')';
                    Level level = levels.pop();
                    pending = !level.look && level.consumes();
                }
                case '|' -> {
                    at++;
                    before = 0;
                    multiply(2);
                    levels.element().next();
                }
                case '^', '$' -> {
                    at++;
                    before = 0;
                }
                case '[' -> {
                    at = endOfClass();
                    before = 'x';
                    pending = true;
                }
                case '\\' -> {
                    if (at + 1 >= regex.length() || "123456789kgGKRXyYO".indexOf(regex.charAt(at + 1)) >= 0) {
                        throw refused("refers to a group, or has an escape that is not read");
                    }
                    at += 2;
                    pending = "bBAzZ".indexOf(regex.charAt(at - 1)) < 0;
                    if ("pPx".indexOf(regex.charAt(at - 1)) >= 0 && at < regex.length() && regex.charAt(at) == '{') {
                        int end = regex.indexOf('}', at);
                        if (end < 0) {
                            throw refused("has a property without an end");
                        }
                        at = end + 1;
                    }
                    before = 'x';
                }
                default -> {
                    at++;
                    before = 'x';
                    pending = true;
                }
            }
        }

        private int endOfClass() {
            int nested = 0;
            for (int i = at; i < regex.length(); i++) {
                switch (regex.charAt(i)) {
                    case '\\' -> i++;
                    case '[' -> nested++;
                    case ']' -> {
                        if (--nested == 0) {
                            return i + 1;
                        }
                    }
                    default -> {}
                }
            }
            throw refused("has a class without an end");
        }

        private void quantifier(char c) {
            boolean unbounded = c == '*' || c == '+';
            at++;
            multiply(c == '?' ? 2 : 1);
            if (c == '{') {
                int end = regex.indexOf('}', at);
                String bounds = end < 0 ? "" : regex.substring(at, end);
                if (!bounds.matches("\\d{1,3}|\\d{1,3},(\\d{1,3})?")) {
                    throw refused("has a repetition that is not read");
                }
                String[] both = bounds.split(",", -1);
                unbounded = both.length == 2 && both[1].isEmpty();
                for (String bound : both) {
                    if (!bound.isEmpty() && Integer.parseInt(bound) > MOST_REPEATED) {
                        throw refused("repeats more than %d times".formatted(MOST_REPEATED));
                    }
                }
                if (both.length == 2 && !unbounded) {
                    multiply(Math.max(1, Integer.parseInt(both[1]) - Integer.parseInt(both[0]) + 1));
                }
                at = end + 1;
            }
            if (before == ')' && c != '?') {
                throw refused("repeats a group");
            }
            if (unbounded && depth > 0) {
                throw refused("repeats without a bound within a group");
            }
            open |= unbounded;
            before = 'q';
            if (at < regex.length() && c != '{' && (regex.charAt(at) == '?' || regex.charAt(at) == '+')) {
                at++; // lazy or possessive
            }
        }

        private void multiply(int by) {
            ways *= by;
            if (ways > MOST_WAYS) {
                throw refused("can match in more than %,d ways".formatted(MOST_WAYS));
            }
        }

        private RuntimeException refused(String finding) {
            return part.error("is a regular expression that is not read, because it could take too long: '%s' %s"
                    .formatted(regex, finding));
        }
    }
}
