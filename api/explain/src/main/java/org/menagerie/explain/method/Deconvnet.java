package org.menagerie.explain.method;

import org.menagerie.explain.Attribution;
import org.menagerie.explain.Backward;
import org.menagerie.explain.ExplanationKind;
import org.menagerie.explain.ExplanationMethod;
import org.menagerie.explain.Probe;
import org.menagerie.graph.gradient.GradientRules;

/** The deconvolutional network. */
public record Deconvnet() implements ExplanationMethod {
    private static final Backward RULES = Backward.by(GradientRules.deconvnet());

    public static ExplanationKind<Deconvnet> kind() {
        return ExplanationKind.of(
                new Deconvnet(),
                "The gradient, of which only what is positive passes each ReLU backward (Zeiler and Fergus 2014).");
    }

    @Override
    public Attribution explain(Probe probe) {
        return Rectifiers.remark(probe, Attribution.signed(probe.slope(RULES)));
    }
}
