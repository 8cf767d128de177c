package org.menagerie.decoding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Sequences that are being drawn, one token of each per step. For one thread. */
public final class Drawing {
    private final Sampling sampling;
    private final StepFunction function;
    private final StepLogits logits;
    private final Histories histories = new Histories();
    private final SplittableRandom[] randoms;
    private final Hypothesis[] answers;
    private final int[] tokens;
    private final int[] inputs;
    private final int[] history;
    private final double[] log;
    private final int[] lastToken;
    private final double[] lastLog;
    private int open;
    private int length;

    Drawing(Sampling sampling, StepFunction function, int batch) {
        this.sampling = sampling;
        this.function = function;
        this.logits = new StepLogits(function);
        this.randoms = new SplittableRandom[batch];
        this.answers = new Hypothesis[batch];
        this.tokens = new int[batch];
        this.inputs = new int[batch];
        this.history = new int[batch];
        this.log = new double[batch];
        this.lastToken = new int[batch];
        this.lastLog = new double[batch];
        this.open = batch;
        for (int i = 0; i < batch; i++) {
            randoms[i] = new SplittableRandom(sampling.seed() + 0x9E3779B97F4A7C15L * i);
            tokens[i] = sampling.start();
            inputs[i] = i;
            history[i] = Histories.NONE;
        }
    }

    /** Draws the next token of every sequence that is open; false if none was. */
    public boolean step() {
        if (open == 0) {
            return false;
        }
        length++;
        Arrays.fill(lastToken, -1);
        logits.step(open, tokens, inputs);
        boolean[] done = new boolean[open];
        for (int row = 0; row < open; row++) {
            done[row] = extend(row);
        }
        fillGaps(done);
        return true;
    }

    /** The token that the last step drew for an input, the end token included; −1 if its sequence was done before. */
    public int token(int input) {
        return lastToken[input];
    }

    /** The log probability of {@link #token}. */
    public double log(int input) {
        return lastLog[input];
    }

    /** A sequence for each input, once {@link #step} has answered false. */
    public List<Hypothesis> answers() {
        return new ArrayList<>(Arrays.asList(answers));
    }

    /** Draws a row's next token; true if its sequence is done. */
    private boolean extend(int row) {
        double denominator = logits.logSum(row, length);
        int chosen = denominator == Double.NEGATIVE_INFINITY ? -1 : choose(row, randoms[inputs[row]]);
        if (chosen < 0) {
            finish(row, length - 1, false, false);
            return true;
        }
        double own = logits.values()[logits.from(row) + chosen] - denominator;
        tokens[row] = chosen;
        log[row] += own;
        history[row] = histories.extend(history[row], chosen, row, own);
        lastToken[inputs[row]] = chosen;
        lastLog[inputs[row]] = own;
        boolean endToken = chosen == sampling.end();
        boolean ended = endToken || sampling.constraints().stops(() -> histories.tokens(history[row], length));
        if (ended || length == sampling.maxLength()) {
            finish(row, length, endToken, ended);
            return true;
        }
        return false;
    }

    private void finish(int row, int steps, boolean endToken, boolean ended) {
        answers[inputs[row]] = histories.hypothesis(history[row], steps, endToken, ended, log[row], log[row]);
    }

    /** Sequences that are done make room: the last open ones move into their rows. */
    private void fillGaps(boolean[] done) {
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

    /** The token to write; −1 if all are forbidden. */
    private int choose(int row, SplittableRandom random) {
        float[] values = logits.ruled(
                sampling.constraints(), row, inputs[row], () -> histories.tokens(history[row], length - 1));
        int from = logits.ruledFrom(row);
        if (sampling.temperature() == 0) {
            int best = Scores.argMax(values, from, logits.vocabulary());
            return values[best] == Float.NEGATIVE_INFINITY ? -1 : best - from;
        }
        int[] best = Scores.topK(values, from, logits.vocabulary(), sampling.topK());
        double highest = values[from + best[0]];
        if (highest == Double.NEGATIVE_INFINITY) {
            return -1;
        }
        double[] weights = new double[best.length];
        double sum = 0;
        for (int i = 0; i < best.length; i++) {
            weights[i] = Math.exp((values[from + best[i]] - highest) / sampling.temperature());
            sum += weights[i];
        }
        int kept = 0;
        double mass = 0;
        while (kept < best.length
                && (kept == 0 || (mass < sampling.topP() * sum && weights[kept] >= sampling.minP() * weights[0]))) {
            mass += weights[kept++];
        }
        double drawn = random.nextDouble() * mass;
        int i = 0;
        while (i < kept - 1 && drawn >= weights[i]) {
            drawn -= weights[i++];
        }
        return best[i];
    }
}
