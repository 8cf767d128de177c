package org.menagerie.explain.method;

import org.menagerie.explain.Attribution;
import org.menagerie.explain.Backward;
import org.menagerie.explain.ExplanationKind;
import org.menagerie.explain.ExplanationMethod;
import org.menagerie.explain.Probe;
import org.menagerie.graph.gradient.GradientRules;

/** Guided backpropagation. */
public record GuidedBackpropagation() implements ExplanationMethod {
    static final Backward RULES = Backward.by(GradientRules.guidedBackpropagation());

    public static ExplanationKind<GuidedBackpropagation> kind() {
        return ExplanationKind.of(
                new GuidedBackpropagation(),
                "The gradient, of which only what is positive passes each ReLU, forward and backward (Springenberg 2015).");
    }

    @Override
    public Attribution explain(Probe probe) {
        return Rectifiers.remark(probe, Attribution.signed(probe.slope(RULES)));
    }
}
