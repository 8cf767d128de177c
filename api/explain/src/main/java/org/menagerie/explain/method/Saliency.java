package org.menagerie.explain.method;

import org.menagerie.explain.Attribution;
import org.menagerie.explain.Backward;
import org.menagerie.explain.ExplanationKind;
import org.menagerie.explain.ExplanationMethod;
import org.menagerie.explain.Probe;

/** The gradient of the score: where a small change would matter. */
public record Saliency() implements ExplanationMethod {
    public static ExplanationKind<Saliency> kind() {
        return ExplanationKind.of(new Saliency(), "The size of the score's gradient at each input (Simonyan 2014).");
    }

    @Override
    public Attribution explain(Probe probe) {
        return Attribution.unsigned(probe.slope(Backward.gradient()));
    }
}
