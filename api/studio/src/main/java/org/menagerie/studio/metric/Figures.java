package org.menagerie.studio.metric;

import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** Figures of a model as people read them. */
public final class Figures {
    private Figures() {}

    private static final double LARGE = 1e6;

    /** For example {@code loss 0.3412, accuracy 0.8791}; a large one with its power of ten, {@code loss 3.412e+17}. */
    public static String text(Map<String, Double> figures) {
        StringJoiner text = new StringJoiner(", ");
        figures.forEach((name, value) -> text.add("%s %s".formatted(name(name), number(value))));
        return text.toString();
    }

    /** The name as people read it, for example {@code mAP 50 95}. */
    public static String name(String figure) {
        return figure.replace('_', ' ');
    }

    /** Four decimal places, a large number's power of ten, or {@code -} for a figure that the data does not have. */
    public static String number(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, Math.abs(value) < LARGE ? "%.4f" : "%.3e", value);
    }
}
