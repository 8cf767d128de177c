package org.menagerie.decoding;

import java.util.ArrayList;
import java.util.List;

/**
 * Beam search over a {@link StepFunction}, several inputs at once.
 *
 * <p>After each step an input keeps the {@code width} continuations with the highest log probability; of equals, the one
 * of the better hypothesis, then the lower token. One that ends, or reaches the greatest length, is finished and keeps
 * its place in the beam, so the beam of open hypotheses narrows (as in Cho 2014's decoder). An input is done when it has
 * no open hypothesis, or {@code nBest} finished ones that no open one can overtake at any length. A width of 1 is greedy
 * search; a width that holds every hypothesis is exhaustive.
 *
 * @param width hypotheses of one input
 * @param nBest finished hypotheses to answer at most, 1 to {@code width}
 * @param penalty for length
 * @param start the token that every hypothesis begins with
 * @param end the token that ends one
 * @param maxLength tokens to generate at most, the end token included
 */
public record BeamSearch(int width, int nBest, LengthPenalty penalty, int start, int end, int maxLength) {
    public BeamSearch {
        if (width < 1 || nBest < 1 || nBest > width) {
            throw new IllegalArgumentException(
                    "A beam of %d for the %d best; expected 1 ≤ n-best ≤ width".formatted(width, nBest));
        }
        if (maxLength < 1) {
            throw new IllegalArgumentException("The greatest length is %d; expected 1 or more".formatted(maxLength));
        }
    }

    /** The best hypothesis alone, without a length penalty. */
    public static BeamSearch of(int width, int start, int end, int maxLength) {
        return new BeamSearch(width, 1, new LengthPenalty.None(), start, end, maxLength);
    }

    public BeamSearch withNBest(int n) {
        return new BeamSearch(width, n, penalty, start, end, maxLength);
    }

    public BeamSearch withPenalty(LengthPenalty newPenalty) {
        return new BeamSearch(width, nBest, newPenalty, start, end, maxLength);
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

    /** The rank of a hypothesis. */
    double score(double logProbability, int length) {
        return logProbability / penalty.divisor(length);
    }

    /** The best score that an open hypothesis can still reach: its probability only falls, and penalties are monotone. */
    double bound(double logProbability, int length) {
        return Math.max(score(logProbability, length + 1), score(logProbability, maxLength));
    }
}
