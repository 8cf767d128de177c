package org.menagerie.text.generation;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.menagerie.spi.InvalidInputException;

/** A card's labels as tokens. A separator stands between them in texts; an empty one means that tokens are characters. */
final class LabelVocabulary implements Vocabulary {
    private final List<String> labels;
    private final String separator;
    private final boolean lowerCase;
    private final Map<String, Integer> numbers = new HashMap<>();

    LabelVocabulary(List<String> labels, String separator, boolean lowerCase) {
        this.labels = List.copyOf(labels);
        this.separator = separator;
        this.lowerCase = lowerCase;
        for (int i = 0; i < labels.size(); i++) {
            numbers.putIfAbsent(labels.get(i), i);
        }
    }

    @Override
    public int size() {
        return labels.size();
    }

    @Override
    public OptionalInt token(String label) {
        Integer number = numbers.get(label);
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    @Override
    public String label(int token) {
        return labels.get(token);
    }

    @Override
    public int[] read(String text) {
        String cased = lowerCase ? text.toLowerCase(Locale.ROOT) : text;
        if (cased.isEmpty()) {
            return new int[0];
        }
        String[] parts = separator.isEmpty()
                ? cased.codePoints().mapToObj(Character::toString).toArray(String[]::new)
                : Arrays.stream(cased.split(java.util.regex.Pattern.quote(separator), -1))
                        .filter(part -> !part.isEmpty())
                        .toArray(String[]::new);
        int[] tokens = new int[parts.length];
        for (int i = 0; i < parts.length; i++) {
            Integer number = numbers.get(parts[i]);
            if (number == null) {
                throw new InvalidInputException("'%s', %s %d of '%s', is not among the model's %d tokens, such as %s"
                        .formatted(
                                parts[i],
                                separator.isEmpty() ? "character" : "token",
                                i + 1,
                                text,
                                labels.size(),
                                labels.subList(0, Math.min(40, labels.size()))));
            }
            tokens[i] = number;
        }
        return tokens;
    }

    @Override
    public Writer writer() {
        return new Writer() {
            private boolean begun;

            @Override
            public String add(int token) {
                String added = begun ? separator + labels.get(token) : labels.get(token);
                begun = true;
                return added;
            }
        };
    }
}
