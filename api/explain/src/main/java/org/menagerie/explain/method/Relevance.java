package org.menagerie.explain.method;

import org.menagerie.explain.Attribution;
import org.menagerie.explain.Backward;
import org.menagerie.explain.ExplanationKind;
import org.menagerie.explain.ExplanationMethod;
import org.menagerie.explain.Probe;
import org.menagerie.graph.gradient.GradientRules;
import org.menagerie.spi.Tensor;

/**
 * Layer-wise relevance propagation: the score is passed back from each sum to its terms.
 *
 * @param rule which terms have a share
 * @param epsilon added to the sums, with their sign
 */
public record Relevance(Rule rule, double epsilon) implements ExplanationMethod {
    /** How a sum's relevance is shared out. */
    public enum Rule {
        /** Each term in proportion to what it adds (Bach 2015). */
        EPSILON,
        /** At layers with weights only what adds to the sum has a share (Montavon 2017). */
        Z_PLUS
    }

    public Relevance {
        if (!(epsilon >= 0 && epsilon <= 1e6)) {
            throw new IllegalArgumentException("epsilon must be 0 to 1000000, found " + epsilon);
        }
    }

    public static ExplanationKind<Relevance> kind() {
        return ExplanationKind.of(
                new Relevance(Rule.EPSILON, 0.01),
                "Layer-wise relevance propagation: the score passed back from sums to their terms (Bach 2015).");
    }

    @Override
    public Attribution explain(Probe probe) {
        GradientRules rules =
                rule == Rule.EPSILON ? GradientRules.relevance(epsilon) : GradientRules.positiveRelevance(epsilon);
        Tensor relevance = probe.slope(Backward.relevance(rules));
        double sum = 0;
        for (int i = 0; i < relevance.size(); i++) {
            sum += relevance.floats().get(i);
        }
        return Attribution.signed(relevance).with("sum", sum).with("score", probe.score());
    }
}
