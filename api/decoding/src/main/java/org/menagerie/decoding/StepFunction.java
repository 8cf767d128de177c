package org.menagerie.decoding;

/**
 * A generating network, one token further at a time, for many hypotheses at once.
 *
 * <p>Hypotheses are rows. A row's state (hidden and cell state, cached keys and values, coverage…) belongs to the step
 * function, which keeps it in buffers of {@code batch × beam width} rows. At first row i is input i; then, between two
 * steps, {@link #copy} is called for the rows that moved, and for no others.
 */
public interface StepFunction {
    /** The number of tokens in the vocabulary, at least 1. */
    int vocabulary();

    /**
     * Feeds each row its last token and gives the logits of its next one.
     *
     * @param rows how many rows are in use: 0 to rows - 1
     * @param tokens the last token of each row; longer than {@code rows}, the rest is to be ignored
     * @param inputs the input that each row is a hypothesis of
     * @param logits to be filled, {@code [rows,vocabulary]}; -∞ forbids a token
     */
    void step(int rows, int[] tokens, int[] inputs, float[] logits);

    /**
     * How much a row looked at each part of its input in a step; empty if the function does not tell. Asked for only if the search
     * has a coverage penalty.
     *
     * @param step the number of the step, from 0
     * @param row the row that took it
     * @param input the input that the row was a hypothesis of
     */
    default float[] attention(int step, int row, int input) {
        return new float[0];
    }

    /** Makes the state of row {@code to} that of row {@code from}. */
    void copy(int from, int to);
}
