package org.menagerie.explain;

import org.menagerie.graph.gradient.GradientRules;

/**
 * How a score is followed back through the network.
 *
 * @param rules what passes each operator
 * @param fromScore true to start with the score itself, as relevance does; false to start with 1, as slopes do
 */
public record Backward(GradientRules rules, boolean fromScore) {
    private static final Backward GRADIENT = new Backward(GradientRules.standard(), false);

    /** The mathematical gradient. */
    public static Backward gradient() {
        return GRADIENT;
    }

    /** A slope by other rules. */
    public static Backward by(GradientRules rules) {
        return new Backward(rules, false);
    }

    /** Relevance by rules such as {@link GradientRules#relevance}. */
    public static Backward relevance(GradientRules rules) {
        return new Backward(rules, true);
    }
}
