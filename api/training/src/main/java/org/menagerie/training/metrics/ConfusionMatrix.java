package org.menagerie.training.metrics;

import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Tensor;

/**
 * How often each class was taken for each, over examples or over the pixels of masks, and what follows from it. A measure
 * that divides by zero is NaN for its class, and means leave such classes out.
 */
public final class ConfusionMatrix {
    private final int classes;
    private final long[] counts;

    public ConfusionMatrix(int classes) {
        this.classes = classes;
        this.counts = new long[Math.multiplyExact(classes, classes)];
    }

    /** Adds one example or pixel. */
    public void add(int actual, int predicted) {
        if (actual < 0 || actual >= classes || predicted < 0 || predicted >= classes) {
            throw new InvalidInputException(
                    "Class %d taken for %d: the matrix has classes 0 to %d".formatted(actual, predicted, classes - 1));
        }
        counts[actual * classes + predicted]++;
    }

    /**
     * Adds a batch of classifications; of equal scores the lower index is the prediction.
     *
     * @param scores f32[B,C], logits or probabilities
     * @param labels i64[B], the right classes
     */
    public void add(Tensor scores, Tensor labels) {
        LabelledScores batch = LabelledScores.of(scores, labels);
        for (int n = 0; n < batch.count(); n++) {
            add((int) batch.labels()[n], batch.best(n));
        }
    }

    /**
     * Adds the pixels of a mask.
     *
     * @param ignored a class in {@code actual} whose pixels are left out; −1 for none
     */
    public void addMask(int[] actual, int[] predicted, int ignored) {
        if (actual.length != predicted.length) {
            throw new InvalidInputException("A mask of %,d pixels cannot be compared with one of %,d"
                    .formatted(predicted.length, actual.length));
        }
        for (int i = 0; i < actual.length; i++) {
            if (actual[i] != ignored) {
                add(actual[i], predicted[i]);
            }
        }
    }

    public long count(int actual, int predicted) {
        return counts[actual * classes + predicted];
    }

    /** The fraction of examples or pixels that are right. */
    public double accuracy() {
        long right = IntStream.range(0, classes).mapToLong(c -> count(c, c)).sum();
        return (double) right
                / IntStream.range(0, classes).mapToLong(this::support).sum();
    }

    /** How many examples or pixels are of the class. */
    public long support(int c) {
        return IntStream.range(0, classes).mapToLong(p -> count(c, p)).sum();
    }

    /** Of those predicted as the class, the fraction that are. */
    public double precision(int c) {
        return (double) count(c, c) / predicted(c);
    }

    /** Of those of the class, the fraction predicted so. */
    public double recall(int c) {
        return (double) count(c, c) / support(c);
    }

    /** The harmonic mean of precision and recall, 2·tp/(2·tp + fp + fn). */
    public double f1(int c) {
        return 2.0 * count(c, c) / (support(c) + predicted(c));
    }

    /** Intersection over union, tp/(tp + fp + fn): the Jaccard index. */
    public double iou(int c) {
        return (double) count(c, c) / (support(c) + predicted(c) - count(c, c));
    }

    /** The mean of {@link #f1} over the classes that occur or were predicted. */
    public double macroF1() {
        return mean(this::f1);
    }

    /** The mean of {@link #iou} over the classes that occur or were predicted: mIoU. */
    public double meanIou() {
        return mean(this::iou);
    }

    private long predicted(int c) {
        return IntStream.range(0, classes).mapToLong(a -> count(a, c)).sum();
    }

    private double mean(IntToDoubleFunction measure) {
        return IntStream.range(0, classes)
                .mapToDouble(measure)
                .filter(value -> !Double.isNaN(value))
                .average()
                .orElse(Double.NaN);
    }
}
