package org.menagerie.training.metrics;

import org.menagerie.spi.Tensor;

/** The fraction of examples whose right class is among the k that score highest; of equal scores the lower index wins. */
public final class Accuracy {
    private final int k;
    private long right;
    private long total;

    /** Top-k accuracy. */
    public Accuracy(int k) {
        if (k < 1) {
            throw new IllegalArgumentException("k is at least 1; found " + k);
        }
        this.k = k;
    }

    /** Top-1 accuracy. */
    public Accuracy() {
        this(1);
    }

    /**
     * Adds a batch.
     *
     * @param scores f32[B,C], logits or probabilities
     * @param labels i64[B], the right classes
     */
    public void add(Tensor scores, Tensor labels) {
        LabelledScores batch = LabelledScores.of(scores, labels);
        for (int n = 0; n < batch.count(); n++) {
            right += batch.rank(n, (int) batch.labels()[n]) < k ? 1 : 0;
        }
        total += batch.count();
    }

    /** The accuracy, 0 to 1; NaN if nothing was added. */
    public double result() {
        return (double) right / total;
    }
}
