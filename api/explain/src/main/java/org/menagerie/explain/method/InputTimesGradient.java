package org.menagerie.explain.method;

import org.menagerie.explain.Attribution;
import org.menagerie.explain.Backward;
import org.menagerie.explain.ExplanationKind;
import org.menagerie.explain.ExplanationMethod;
import org.menagerie.explain.Probe;

/** Input times gradient: what each input adds to the score if the network is taken as linear. */
public record InputTimesGradient() implements ExplanationMethod {
    public static ExplanationKind<InputTimesGradient> kind() {
        return ExplanationKind.of(
                new InputTimesGradient(), "Each input times the score's gradient there (Shrikumar 2016).");
    }

    @Override
    public Attribution explain(Probe probe) {
        return Attribution.signed(Products.of(probe.input(), probe.slope(Backward.gradient())));
    }
}
