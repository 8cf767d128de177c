package org.menagerie.decoding;

import java.util.Arrays;

/** Token histories as a tree that grows at its leaves: one more token costs the same at any length. */
final class Histories {
    static final int NONE = -1;

    private int[] before = new int[256];
    private int[] token = new int[256];
    private int[] row = new int[256];
    private double[] log = new double[256];
    private int size;

    /** Adds a token that a row gave after a history, with its log probability there; answers the new history. */
    int extend(int history, int newToken, int givenByRow, double newLog) {
        if (size == token.length) {
            before = Arrays.copyOf(before, 2 * size);
            token = Arrays.copyOf(token, 2 * size);
            row = Arrays.copyOf(row, 2 * size);
            log = Arrays.copyOf(log, 2 * size);
        }
        before[size] = history;
        token[size] = newToken;
        row[size] = givenByRow;
        log[size] = newLog;
        return size++;
    }

    int[] tokens(int history, int length) {
        return read(token, history, length);
    }

    int[] rows(int history, int length) {
        return read(row, history, length);
    }

    /** The hypothesis that a history is, of which the last token may be the end token. */
    Hypothesis hypothesis(
            int history, int length, boolean endToken, boolean ended, double score, double logProbability) {
        double[] logs = new double[length];
        int at = history;
        for (int i = length - 1; i >= 0; i--) {
            logs[i] = log[at];
            at = before[at];
        }
        return new Hypothesis(
                Arrays.copyOf(tokens(history, length), endToken ? length - 1 : length),
                score,
                logProbability,
                ended,
                rows(history, length),
                logs);
    }

    private int[] read(int[] column, int history, int length) {
        int[] values = new int[length];
        int at = history;
        for (int i = length - 1; i >= 0; i--) {
            values[i] = column[at];
            at = before[at];
        }
        return values;
    }
}
