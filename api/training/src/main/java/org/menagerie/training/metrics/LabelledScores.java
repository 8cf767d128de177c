package org.menagerie.training.metrics;

import org.menagerie.spi.ElementType;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Tensor;

/**
 * A batch of class scores f32[B,C] beside the right classes i64[B], checked.
 *
 * @param scores row-major; the higher the likelier, logits and probabilities alike
 */
record LabelledScores(float[] scores, long[] labels, int classes) {
    static LabelledScores of(Tensor scores, Tensor labels) {
        boolean fits = scores.elementType() == ElementType.FLOAT32
                && scores.shape().rank() == 2
                && labels.elementType() == ElementType.INT64
                && labels.shape().rank() == 1
                && labels.shape().dim(0) == scores.shape().dim(0);
        if (!fits) {
            throw new InvalidInputException(
                    "Classification is measured on scores f32[B,C] and labels i64[B]; found %s and %s"
                            .formatted(scores, labels));
        }
        int classes = (int) scores.shape().dim(1);
        long[] right = labels.toLongArray();
        for (long label : right) {
            if (label < 0 || label >= classes) {
                throw new InvalidInputException("Label %d is not one of %d classes".formatted(label, classes));
            }
        }
        return new LabelledScores(scores.toFloatArray(), right, classes);
    }

    int count() {
        return labels.length;
    }

    /**
     * How many classes come before a class in example n: those that score higher, and of those that score the same the ones
     * with a lower index. A class whose score is NaN comes last.
     */
    int rank(int n, int label) {
        float own = scores[n * classes + label];
        int rank = 0;
        for (int c = 0; c < classes; c++) {
            float other = scores[n * classes + c];
            boolean before =
                    Float.isNaN(own) ? !Float.isNaN(other) || c < label : other > own || (other == own && c < label);
            rank += before ? 1 : 0;
        }
        return rank;
    }

    /** The class that scores highest in example n; of equals the first. */
    int best(int n) {
        int best = 0;
        for (int c = 1; c < classes; c++) {
            float score = scores[n * classes + c];
            float highest = scores[n * classes + best];
            if (score > highest || (Float.isNaN(highest) && !Float.isNaN(score))) {
                best = c;
            }
        }
        return best;
    }
}
