package org.menagerie.graph;

import org.menagerie.spi.ElementType;

/** Losses as scalars: means over the batch. */
public interface LossOps extends ArithmeticOps, ActivationOps, ReductionOps, ShapeOps {
    /**
     * Softmax cross-entropy, of each example or of each place of its map.
     *
     * @param logits {@code [N, C, places...]}
     * @param labels class indices, i64 {@code [N, places...]}
     */
    default Value crossEntropy(Value logits, Value labels) {
        return crossEntropy(logits, labels, 0);
    }

    /**
     * Softmax cross-entropy against labels smoothed towards the uniform distribution (Szegedy 2016, section 7).
     *
     * @param smoothing the weight of the uniform distribution, in [0, 1)
     */
    default Value crossEntropy(Value logits, Value labels, double smoothing) {
        if (logits.rank() > 2) {
            return mapCrossEntropy(logits, labels, smoothing);
        }
        Value logs = logSoftmax(logits, 1);
        Value likelihood = ofLabels(logs, labels);
        if (smoothing > 0) {
            likelihood = add(mul(likelihood, 1 - smoothing), mul(mean(logs, 1), smoothing));
        }
        return neg(mean(likelihood));
    }

    /** The same for maps as log Σ exp x − target·x: on the CPU a softmax over an axis in the middle is several times slower. */
    private Value mapCrossEntropy(Value logits, Value labels, double smoothing) {
        Value whole = logSumExp(logits);
        Value target = gatherElements(logits, unsqueeze(labels, 1), 1);
        if (smoothing > 0) {
            target = add(mul(target, 1 - smoothing), mul(meanKeep(logits, 1), smoothing));
        }
        return mean(sub(whole, target));
    }

    /**
     * log Σ exp x over axis 1, which stays: in parts, since on the CPU ReduceLogSumExp over an axis in the middle takes
     * several times as long. The largest cancels out, so gradients need not pass through it.
     */
    private Value logSumExp(Value x) {
        Value largest = detach(reduce("ReduceMax", x, true, 1));
        return add(log(sumKeep(exp(sub(x, largest)), 1)), largest);
    }

    /**
     * Softmax cross-entropy without the rows of one label, such as padding: the mean over the others.
     *
     * @param logits {@code [N, C]}
     * @param labels class indices, i64 {@code [N]}, at least one of which counts
     * @param ignored the label of rows that do not count
     */
    default Value crossEntropyWithout(Value logits, Value labels, int ignored) {
        return crossEntropyWithout(logits, labels, ignored, 0);
    }

    /**
     * The same against labels smoothed towards the uniform distribution (Szegedy 2016, section 7; Vaswani 2017, section 5.4).
     *
     * @param smoothing the weight of the uniform distribution, in [0, 1)
     */
    default Value crossEntropyWithout(Value logits, Value labels, int ignored, double smoothing) {
        Value counts = not(equal(labels, scalar(ElementType.INT64, ignored)));
        Value safe = where(counts, labels, scalar(ElementType.INT64, 0));
        Value logs = logSoftmax(logits, 1);
        Value likelihood = ofLabels(logs, safe);
        if (smoothing > 0) {
            likelihood = add(mul(likelihood, 1 - smoothing), mul(mean(logs, 1), smoothing));
        }
        return neg(meanWithout(likelihood, labels, ignored));
    }

    /** The share of rows whose largest logit is the label's, without the rows of one label. */
    default Value accuracyWithout(Value logits, Value labels, int ignored) {
        return meanWithout(right(logits, labels), labels, ignored);
    }

    /** Each row's element at its label. A product with a mask would be NaN where a class is excluded by a logit of −∞. */
    private Value ofLabels(Value rows, Value labels) {
        return squeeze(gatherElements(rows, unsqueeze(labels, 1), 1), 1);
    }

    /** 1 where the largest logit is the label's, else 0. */
    private Value right(Value logits, Value labels) {
        return cast(equal(argMax(logits, 1), labels), ElementType.FLOAT32);
    }

    /** The mean of the elements whose label counts. */
    private Value meanWithout(Value perRow, Value labels, int ignored) {
        Value counts = not(equal(labels, scalar(ElementType.INT64, ignored)));
        Value kept = where(counts, perRow, scalar(perRow.element(), 0));
        return div(sum(kept), sum(cast(counts, perRow.element())));
    }

    /** The mean of squared differences. */
    default Value meanSquaredError(Value prediction, Value target) {
        return mean(square(sub(prediction, target)));
    }

    /** Quadratic below {@code beta}, linear above it (Girshick 2015, section 2.3). */
    default Value smoothL1(Value prediction, Value target, double beta) {
        return mean(smoothL1Each(prediction, target, beta));
    }

    /** The same of each element. */
    default Value smoothL1Each(Value prediction, Value target, double beta) {
        Value difference = abs(sub(prediction, target));
        Value quadratic = op("Min", difference, scalar(difference.element(), beta));
        Value linear = sub(difference, quadratic);
        return add(mul(square(quadratic), 0.5 / beta), linear);
    }

    /** Binary cross-entropy of logits, in the form that does not overflow: max(x,0) - x t + log(1 + exp(-|x|)). */
    default Value binaryCrossEntropyWithLogits(Value logits, Value target) {
        return mean(binaryCrossEntropyWithLogitsEach(logits, target));
    }

    /** The same of each element. */
    default Value binaryCrossEntropyWithLogitsEach(Value logits, Value target) {
        return add(sub(relu(logits), mul(logits, target)), softplus(neg(abs(logits))));
    }

    /** The share of examples, or of places of their maps, whose largest logit is the label's. */
    default Value accuracy(Value logits, Value labels) {
        return mean(right(logits, labels));
    }
}
