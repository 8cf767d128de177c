package org.menagerie.decoding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Generation of one sequence for each input by drawing each token, or taking the best, over a {@link StepFunction}.
 *
 * <p>Logits are divided by the temperature, cut to the {@code topK} best tokens, then to the fewest whose probabilities
 * sum to {@code topP} (nucleus sampling, Holtzman 2020); one of the rest is drawn. An input's draws depend on the seed
 * and its place in the batch, not on its neighbours.
 *
 * @param temperature 0 takes the best token (greedy search); 1 draws from the network's own distribution
 * @param topK tokens to draw from at most
 * @param topP their probability in all at least, above 0, at most 1
 * @param seed of the draws
 * @param start the token that every sequence begins with
 * @param end the token that ends one
 * @param maxLength tokens to generate at most, the end token included
 */
public record Sampling(float temperature, int topK, float topP, long seed, int start, int end, int maxLength) {
    public Sampling {
        if (!(temperature >= 0) || Float.isInfinite(temperature)) {
            throw new IllegalArgumentException("The temperature is %s; expected 0 or more".formatted(temperature));
        }
        if (topK < 1 || !(topP > 0 && topP <= 1)) {
            throw new IllegalArgumentException(
                    "Top-k is %d and top-p %s; expected k ≥ 1 and 0 < p ≤ 1".formatted(topK, topP));
        }
        if (maxLength < 1) {
            throw new IllegalArgumentException("The greatest length is %d; expected 1 or more".formatted(maxLength));
        }
    }

    /** Greedy search: the best token each time, of equals the lowest. */
    public static Sampling greedy(int start, int end, int maxLength) {
        return new Sampling(0, 1, 1, 0, start, end, maxLength);
    }

    /**
     * Generates from {@code batch} inputs. Scores and log probabilities are the network's own, before temperature and
     * cuts.
     *
     * @throws org.menagerie.spi.ZooException if the step function gives NaN or +∞
     */
    public List<Hypothesis> generate(StepFunction function, int batch) {
        var logits = new StepLogits(function);
        var histories = new Histories();
        var randoms = new SplittableRandom[batch];
        int[] tokens = new int[batch];
        int[] inputs = new int[batch];
        int[] history = new int[batch];
        double[] log = new double[batch];
        Hypothesis[] answers = new Hypothesis[batch];
        for (int i = 0; i < batch; i++) {
            randoms[i] = new SplittableRandom(seed + 0x9E3779B97F4A7C15L * i);
            tokens[i] = start;
            inputs[i] = i;
            history[i] = Histories.NONE;
        }
        int open = batch;
        for (int length = 1; length <= maxLength && open > 0; length++) {
            logits.step(open, tokens, inputs);
            boolean[] done = new boolean[open];
            for (int row = 0; row < open; row++) {
                double denominator = logits.logSum(row, length);
                boolean stuck = denominator == Double.NEGATIVE_INFINITY;
                if (!stuck) {
                    tokens[row] = choose(logits, row, randoms[inputs[row]]);
                    log[row] += logits.values()[logits.from(row) + tokens[row]] - denominator;
                    history[row] = histories.extend(history[row], tokens[row], row);
                }
                boolean ended = !stuck && tokens[row] == end;
                done[row] = stuck || ended || length == maxLength;
                if (done[row]) {
                    int steps = stuck ? length - 1 : length;
                    answers[inputs[row]] = new Hypothesis(
                            Arrays.copyOf(histories.tokens(history[row], steps), ended ? steps - 1 : steps),
                            log[row],
                            log[row],
                            ended,
                            histories.rows(history[row], steps));
                }
            }
            // Sequences that are done make room: the last open ones move into their rows.
            for (int row = 0; row < open; row++) {
                while (open > row && done[open - 1]) {
                    open--;
                }
                if (row < open && done[row]) {
                    open--;
                    function.copy(open, row);
                    tokens[row] = tokens[open];
                    inputs[row] = inputs[open];
                    history[row] = history[open];
                    log[row] = log[open];
                    done[row] = false;
                }
            }
        }
        return new ArrayList<>(Arrays.asList(answers));
    }

    private int choose(StepLogits logits, int row, SplittableRandom random) {
        int from = logits.from(row);
        float[] values = logits.values();
        if (temperature == 0) {
            return Scores.argMax(values, from, logits.vocabulary()) - from;
        }
        int[] tokens = Scores.topK(values, from, logits.vocabulary(), topK);
        double[] weights = new double[tokens.length];
        double sum = 0;
        for (int i = 0; i < tokens.length; i++) {
            weights[i] = Math.exp((values[from + tokens[i]] - (double) values[from + tokens[0]]) / temperature);
            sum += weights[i];
        }
        int kept = 0;
        double mass = 0;
        while (kept < tokens.length && (kept == 0 || mass < topP * sum)) {
            mass += weights[kept++];
        }
        double drawn = random.nextDouble() * mass;
        int i = 0;
        while (i < kept - 1 && drawn >= weights[i]) {
            drawn -= weights[i++];
        }
        return tokens[i];
    }
}
