package org.menagerie.decoding;

import java.util.List;

/**
 * Generation of one sequence for each input by drawing each token, or taking the best, over a {@link StepFunction}.
 *
 * <p>Logits are divided by the temperature, cut to the {@code topK} best tokens, then to the fewest whose probabilities
 * sum to {@code topP} (nucleus sampling, Holtzman 2020), then to those with at least {@code minP} times the probability of
 * the best (Nguyen 2024); one of the rest is drawn. An input's draws depend on the seed and its place in the batch, not on
 * its neighbours.
 *
 * @param temperature 0 takes the best token (greedy search); 1 draws from the network's own distribution
 * @param topK tokens to draw from at most
 * @param topP their probability in all at least, above 0, at most 1
 * @param minP the probability of each at least, as a share of the best one's; 0 to 1
 * @param seed of the draws
 * @param start the token that every sequence begins with
 * @param end the token that ends one; −1 for none
 * @param maxLength tokens to generate at most, the end token included
 * @param constraints on what is said
 */
public record Sampling(
        float temperature,
        int topK,
        float topP,
        float minP,
        long seed,
        int start,
        int end,
        int maxLength,
        Constraints constraints) {
    public Sampling {
        if (!(temperature >= 0) || Float.isInfinite(temperature)) {
            throw new IllegalArgumentException("The temperature is %s; expected 0 or more".formatted(temperature));
        }
        if (topK < 1 || !(topP > 0 && topP <= 1)) {
            throw new IllegalArgumentException(
                    "Top-k is %d and top-p %s; expected k ≥ 1 and 0 < p ≤ 1".formatted(topK, topP));
        }
        if (!(minP >= 0 && minP <= 1)) {
            throw new IllegalArgumentException("Min-p is %s; expected 0 to 1".formatted(minP));
        }
        if (maxLength < 1) {
            throw new IllegalArgumentException("The greatest length is %d; expected 1 or more".formatted(maxLength));
        }
    }

    /** Sampling without constraints and without min-p. */
    public Sampling(float temperature, int topK, float topP, long seed, int start, int end, int maxLength) {
        this(temperature, topK, topP, 0, seed, start, end, maxLength, Constraints.NONE);
    }

    /** Greedy search: the best token each time, of equals the lowest. */
    public static Sampling greedy(int start, int end, int maxLength) {
        return new Sampling(0, 1, 1, 0, start, end, maxLength);
    }

    public Sampling with(Constraints newConstraints) {
        return new Sampling(temperature, topK, topP, minP, seed, start, end, maxLength, newConstraints);
    }

    /**
     * Generates from {@code batch} inputs. Scores and log probabilities are the network's own, before temperature, cuts and
     * constraints.
     *
     * @throws org.menagerie.spi.ZooException if the step function gives NaN or +∞
     */
    public List<Hypothesis> generate(StepFunction function, int batch) {
        Drawing drawing = begin(function, batch);
        while (drawing.step()) {}
        return drawing.answers();
    }

    /** Begins to generate, for callers that want each token as soon as it is there. */
    public Drawing begin(StepFunction function, int batch) {
        return new Drawing(this, function, batch);
    }
}
