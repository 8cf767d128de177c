package org.menagerie.explain.method;

import org.menagerie.explain.Attribution;
import org.menagerie.explain.Backward;
import org.menagerie.explain.Baseline;
import org.menagerie.explain.ExplanationKind;
import org.menagerie.explain.ExplanationMethod;
import org.menagerie.explain.Probe;
import org.menagerie.spi.Tensor;

/**
 * Gradients along the straight line from a baseline to the input, times what changes along it, by the midpoint rule. The sum of
 * all attributions is the score's difference between input and baseline; the figures tell how nearly.
 *
 * @param steps how many points of the line
 * @param baseline where the line begins
 */
public record IntegratedGradients(int steps, Baseline baseline) implements ExplanationMethod {
    public IntegratedGradients {
        if (steps < 1 || steps > 1_000_000) {
            throw new IllegalArgumentException("steps must be 1 to 1,000,000, found " + steps);
        }
    }

    public static ExplanationKind<IntegratedGradients> kind() {
        return ExplanationKind.of(
                new IntegratedGradients(50, Baseline.BLACK),
                "Gradients along the line from a baseline to the input (Sundararajan 2017).");
    }

    @Override
    public Attribution explain(Probe probe) {
        float[] input = probe.input().toFloatArray();
        float[] from = probe.baseline(baseline);
        double[] sum = new double[input.length];
        probe.slopes(
                steps,
                Backward.gradient(),
                (index, into) -> {
                    double along = (index + 0.5) / steps;
                    for (int i = 0; i < into.length; i++) {
                        into[i] = (float) (from[i] + along * (input[i] - from[i]));
                    }
                },
                (index, score, slope) -> {
                    for (int i = 0; i < slope.length; i++) {
                        sum[i] += slope[i];
                    }
                });
        float[] attributions = new float[input.length];
        double total = 0;
        for (int i = 0; i < sum.length; i++) {
            attributions[i] = (float) (sum[i] / steps * (input[i] - from[i]));
            total += attributions[i];
        }
        double[] ends = new double[2];
        probe.scores(
                2,
                (index, into) -> System.arraycopy(index == 0 ? from : input, 0, into, 0, into.length),
                (index, score) -> ends[index] = score);
        double difference = ends[1] - ends[0];
        return Attribution.signed(Tensor.of(attributions, probe.input().shape().dims()))
                .with("sum", total)
                .with("difference", difference)
                .with("completeness-error", Math.abs(total - difference) / Math.max(Math.abs(difference), 1e-12));
    }
}
