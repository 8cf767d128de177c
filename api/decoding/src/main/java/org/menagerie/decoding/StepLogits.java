package org.menagerie.decoding;

import java.util.Arrays;
import java.util.function.Supplier;
import org.menagerie.spi.ZooException;

/** One step's logits, checked. */
final class StepLogits {
    private final StepFunction function;
    private final int vocabulary;
    private float[] logits = new float[0];
    private float[] ruled = new float[0];
    private boolean isRuled;

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

    /**
     * A row's logits as the rules leave them, from {@link #ruledFrom} on; what {@link #values} gives is not changed.
     *
     * @param said the tokens of the row's hypothesis, asked for if there are rules
     */
    float[] ruled(Constraints constraints, int row, int input, Supplier<int[]> said) {
        isRuled = !constraints.rules().isEmpty();
        if (!isRuled) {
            return logits;
        }
        ruled = Arrays.copyOfRange(logits, from(row), from(row) + vocabulary);
        int[] history = said.get();
        for (TokenRule rule : constraints.rules()) {
            rule.apply(input, history, ruled);
        }
        return ruled;
    }

    /** Where a row lies in what {@link #ruled} gave. */
    int ruledFrom(int row) {
        return isRuled ? 0 : from(row);
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
