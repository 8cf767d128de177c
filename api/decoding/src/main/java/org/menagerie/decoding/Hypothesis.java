package org.menagerie.decoding;

/**
 * A generated sequence.
 *
 * @param tokens without the start and the end token
 * @param score what hypotheses are ranked by: the log probability after the length penalty
 * @param logProbability natural logarithm, the end token's included
 * @param ended whether it ended by itself, not by reaching the greatest length
 * @param rows for each token, the end token included, the step function's row that gave it: where to find that step's attention
 * @param logs for each token, the end token included, its log probability after the tokens before it
 */
public record Hypothesis(int[] tokens, double score, double logProbability, boolean ended, int[] rows, double[] logs) {}
