package org.menagerie.decoding;

import org.menagerie.spi.ZooException;

/** One step's logits, checked. */
final class StepLogits {
    private final StepFunction function;
    private final int vocabulary;
    private float[] logits = new float[0];

    StepLogits(StepFunction function) {
        this.function = function;
        this.vocabulary = function.vocabulary();
        if (vocabulary < 1) {
            throw new IllegalArgumentException(
                    "The step function has %d tokens; expected 1 or more".formatted(vocabulary));
        }
    }

    void step(int rows, int[] tokens, int[] inputs) {
        if (logits.length < rows * vocabulary) {
            logits = new float[rows * vocabulary];
        }
        function.step(rows, tokens, inputs, logits);
    }

    float[] values() {
        return logits;
    }

    int from(int row) {
        return row * vocabulary;
    }

    int vocabulary() {
        return vocabulary;
    }

    /** The log of a row's softmax denominator; -∞ if every token is forbidden. */
    double logSum(int row, int step) {
        for (int i = from(row); i < from(row) + vocabulary; i++) {
            if (logits[i] == Float.POSITIVE_INFINITY || Float.isNaN(logits[i])) {
                throw new ZooException("The network's logit of token %d at step %d is %s; expected a number"
                        .formatted(i - from(row), step, logits[i]));
            }
        }
        return Scores.logSumExp(logits, from(row), vocabulary);
    }
}
