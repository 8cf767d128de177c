package org.menagerie.decoding;

import java.util.ArrayList;
import java.util.List;

/**
 * Beam search over a {@link StepFunction}, several inputs at once.
 *
 * <p>After each step an input keeps the {@code width} continuations with the highest log probability; of equals, the one
 * of the better hypothesis, then the lower token. One that ends, or reaches the greatest length, is finished. {@link Stopping}
 * says whether it keeps its place in the beam, and when an input is done. A width of 1 is greedy search; a width that holds every
 * hypothesis is exhaustive.
 *
 * @param width hypotheses of one input, a multiple of the groups of {@code diversity}
 * @param nBest finished hypotheses to answer at most, 1 to {@code width}
 * @param penalty for length
 * @param start the token that every hypothesis begins with
 * @param end the token that ends one; −1 for none
 * @param maxLength tokens to generate at most, the end token included
 * @param stopping when an input is done
 * @param coverage weight of the coverage penalty β·Σ log(min(Σ attention, 1)) over the parts of the input (Wu 2016, eq. 14), in
 *     which a part that was hardly looked at counts as {@value #LEAST_COVERED}; 0 for none
 * @param diversity among groups of the beam
 * @param constraints on what is said
 */
public record BeamSearch(
        int width,
        int nBest,
        LengthPenalty penalty,
        int start,
        int end,
        int maxLength,
        Stopping stopping,
        double coverage,
        Diversity diversity,
        Constraints constraints) {
    private static final double LEAST_COVERED = 1e-6;

    public BeamSearch {
        if (width < 1 || nBest < 1 || nBest > width) {
            throw new IllegalArgumentException(
                    "A beam of %d for the %d best; expected 1 ≤ n-best ≤ width".formatted(width, nBest));
        }
        if (maxLength < 1) {
            throw new IllegalArgumentException("The greatest length is %d; expected 1 or more".formatted(maxLength));
        }
        if (width % diversity.groups() != 0) {
            throw new IllegalArgumentException(
                    "A beam of %d cannot be split into %d groups of equal width".formatted(width, diversity.groups()));
        }
        if (!(coverage >= 0 && Double.isFinite(coverage))) {
            throw new IllegalArgumentException("The coverage penalty is %s; expected 0 or more".formatted(coverage));
        }
    }

    /** A search that stops when nothing open can win, without coverage, diversity and constraints. */
    public BeamSearch(int width, int nBest, LengthPenalty penalty, int start, int end, int maxLength) {
        this(
                width,
                nBest,
                penalty,
                start,
                end,
                maxLength,
                new Stopping.NothingCanWin(),
                0,
                Diversity.NONE,
                Constraints.NONE);
    }

    /** The best hypothesis alone, without a length penalty. */
    public static BeamSearch of(int width, int start, int end, int maxLength) {
        return new BeamSearch(width, 1, new LengthPenalty.None(), start, end, maxLength);
    }

    public BeamSearch withNBest(int n) {
        return new BeamSearch(width, n, penalty, start, end, maxLength, stopping, coverage, diversity, constraints);
    }

    public BeamSearch withPenalty(LengthPenalty newPenalty) {
        return new BeamSearch(
                width, nBest, newPenalty, start, end, maxLength, stopping, coverage, diversity, constraints);
    }

    public BeamSearch with(Stopping newStopping) {
        return new BeamSearch(
                width, nBest, penalty, start, end, maxLength, newStopping, coverage, diversity, constraints);
    }

    public BeamSearch withCoverage(double newCoverage) {
        return new BeamSearch(
                width, nBest, penalty, start, end, maxLength, stopping, newCoverage, diversity, constraints);
    }

    public BeamSearch with(Diversity newDiversity) {
        return new BeamSearch(
                width, nBest, penalty, start, end, maxLength, stopping, coverage, newDiversity, constraints);
    }

    public BeamSearch with(Constraints newConstraints) {
        return new BeamSearch(
                width, nBest, penalty, start, end, maxLength, stopping, coverage, diversity, newConstraints);
    }

    /**
     * Generates from {@code batch} inputs.
     *
     * @return for each input its hypotheses, best first; none only if every token was forbidden
     * @throws org.menagerie.spi.ZooException if the step function gives NaN or +∞
     */
    public List<List<Hypothesis>> search(StepFunction function, int batch) {
        var rows = new BeamRows(this, function, batch);
        for (int length = 1; length <= maxLength && rows.open() > 0; length++) {
            rows.step(length);
        }
        List<List<Hypothesis>> answers = new ArrayList<>(batch);
        for (int input = 0; input < batch; input++) {
            answers.add(rows.finished(input));
        }
        return answers;
    }

    /** The coverage penalty of a hypothesis whose steps these rows took: 0 or less. */
    double coverage(StepFunction function, int[] rows, int input) {
        if (coverage == 0) {
            return 0;
        }
        double[] covered = new double[0];
        for (int step = 0; step < rows.length; step++) {
            float[] attention = function.attention(step, rows[step], input);
            covered = step == 0 ? new double[attention.length] : covered;
            for (int part = 0; part < attention.length; part++) {
                covered[part] += attention[part];
            }
        }
        double sum = 0;
        for (double part : covered) {
            sum += Math.log(Math.max(LEAST_COVERED, Math.min(part, 1)));
        }
        return coverage * sum;
    }

    /** The width of a group. */
    int groupWidth() {
        return width / diversity.groups();
    }

    /** The rank of a hypothesis before the coverage penalty. */
    double score(double logProbability, int length) {
        return logProbability / penalty.divisor(length);
    }

    /** The best score that an open hypothesis can still reach: its probability only falls, and penalties are monotone. */
    double bound(double logProbability, int length) {
        return Math.max(score(logProbability, length + 1), score(logProbability, maxLength));
    }
}
