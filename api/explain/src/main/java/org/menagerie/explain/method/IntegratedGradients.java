package org.menagerie.explain.method;

import org.menagerie.explain.Attribution;
import org.menagerie.explain.Backward;
import org.menagerie.explain.Baseline;
import org.menagerie.explain.ExplanationKind;
import org.menagerie.explain.ExplanationMethod;
import org.menagerie.explain.Probe;
import org.menagerie.spi.Tensor;

/**
 * Gradients along the straight line from a baseline to the input, times what changes along it. Each gradient stands for a stretch
 * of the line, at whose middle it is taken. The sum of all attributions is the score's difference between input and baseline;
 * the figures tell how nearly.
 *
 * @param steps how many stretches
 * @param baseline where the line begins
 * @param points how long the stretches are
 */
public record IntegratedGradients(int steps, Baseline baseline, Points points) implements ExplanationMethod {
    /** The part of the points that lies at equal distances in any case. */
    private static final double EVEN = 0.5;

    /** How the line is divided. */
    public enum Points {
        /** Into equal stretches. */
        EQUAL,
        /** Into stretches that are shorter where the score changes more, as scores at equal distances tell beforehand. */
        CHANGE
    }

    public IntegratedGradients {
        if (steps < 1 || steps > 1_000_000) {
            throw new IllegalArgumentException("steps must be 1 to 1,000,000, found " + steps);
        }
    }

    public static ExplanationKind<IntegratedGradients> kind() {
        return ExplanationKind.of(
                new IntegratedGradients(50, Baseline.BLACK, Points.CHANGE),
                "Gradients along the line from a baseline to the input (Sundararajan 2017).");
    }

    @Override
    public Attribution explain(Probe probe) {
        float[] input = probe.input().toFloatArray();
        float[] from = probe.baseline(baseline);
        double[] sum = new double[input.length];
        double[] ends = new double[2];
        double[] knots = knots(probe, from, input, ends);
        probe.slopes(
                steps,
                Backward.gradient(),
                (index, into) -> place((knots[index] + knots[index + 1]) / 2, from, input, into),
                (index, score, slope) -> {
                    double length = knots[index + 1] - knots[index];
                    for (int i = 0; i < slope.length; i++) {
                        sum[i] += length * slope[i];
                    }
                });
        float[] attributions = new float[input.length];
        double total = 0;
        for (int i = 0; i < sum.length; i++) {
            attributions[i] = (float) (sum[i] * (input[i] - from[i]));
            total += attributions[i];
        }
        double difference = ends[1] - ends[0];
        return Attribution.signed(Tensor.of(attributions, probe.input().shape().dims()))
                .with("sum", total)
                .with("difference", difference)
                .with("completeness-error", Math.abs(total - difference) / Math.max(Math.abs(difference), 1e-12));
    }

    private static void place(double along, float[] from, float[] input, float[] into) {
        for (int i = 0; i < into.length; i++) {
            into[i] = (float) (from[i] + along * (input[i] - from[i]));
        }
    }

    /**
     * The places between which gradients are taken, from 0 to 1.
     *
     * @param ends receives the scores of the baseline and of the input
     */
    private double[] knots(Probe probe, float[] from, float[] input, double[] ends) {
        int parts = points == Points.EQUAL ? 1 : steps;
        double[] scores = new double[parts + 1];
        probe.scores(
                parts + 1,
                (index, into) -> place((double) index / parts, from, input, into),
                (index, score) -> scores[index] = score);
        ends[0] = scores[0];
        ends[1] = scores[parts];
        double change = 0;
        for (int i = 0; i < parts; i++) {
            change += Math.abs(scores[i + 1] - scores[i]);
        }
        double[] share = new double[parts + 1];
        for (int i = 0; i < parts; i++) {
            double own = change == 0 ? 1.0 / parts : Math.abs(scores[i + 1] - scores[i]) / change;
            share[i + 1] = share[i] + EVEN / parts + (1 - EVEN) * own;
        }
        double[] knots = new double[steps + 1];
        int part = 0;
        for (int i = 1; i < steps; i++) {
            double wanted = share[parts] * i / steps;
            while (share[part + 1] < wanted) {
                part++;
            }
            knots[i] = (part + (wanted - share[part]) / (share[part + 1] - share[part])) / parts;
        }
        knots[steps] = 1;
        return knots;
    }
}
