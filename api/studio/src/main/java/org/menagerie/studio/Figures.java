package org.menagerie.studio;

import java.util.Map;
import java.util.StringJoiner;

/** Figures of a model as people read them. */
public final class Figures {
    private Figures() {}

    /** For example {@code loss 0.3412, accuracy 0.8791}. */
    public static String text(Map<String, Double> figures) {
        StringJoiner text = new StringJoiner(", ");
        figures.forEach((name, value) -> text.add("%s %.4f".formatted(name.replace('_', ' '), value)));
        return text.toString();
    }
}
