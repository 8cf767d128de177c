package org.menagerie.training.metrics;

/**
 * Precision and recall after each detection that counts, in the order of falling score.
 *
 * @param scores of the detections
 * @param precision the share of hits among the detections so far
 * @param recall the share of objects that were hit so far
 */
public record PrecisionRecall(double[] scores, double[] precision, double[] recall) {
    /** The curve of detections that hit an object or not, in the order of falling score. */
    static PrecisionRecall of(double[] scores, boolean[] hits, int objects) {
        double[] precision = new double[hits.length];
        double[] recall = new double[hits.length];
        int sum = 0;
        for (int i = 0; i < hits.length; i++) {
            sum += hits[i] ? 1 : 0;
            precision[i] = (double) sum / (i + 1);
            recall[i] = (double) sum / objects;
        }
        return new PrecisionRecall(scores, precision, recall);
    }

    /** The highest precision at each recall or a later one. */
    public double[] monotonePrecision() {
        double[] monotone = precision.clone();
        for (int i = monotone.length - 1; i > 0; i--) {
            monotone[i - 1] = Math.max(monotone[i - 1], monotone[i]);
        }
        return monotone;
    }

    /** The recall of all detections; 0 if there are none. */
    public double lastRecall() {
        return recall.length == 0 ? 0 : recall[recall.length - 1];
    }

    /**
     * The mean of the highest precision at some recalls or later ones.
     *
     * @param recalls increasing
     */
    public double averagePrecision(double[] recalls) {
        double[] monotone = monotonePrecision();
        double sum = 0;
        int first = 0;
        for (double least : recalls) {
            while (first < recall.length && recall[first] < least) {
                first++;
            }
            sum += first < recall.length ? monotone[first] : 0;
        }
        return sum / recalls.length;
    }

    /** The area under the highest precision over recall: PASCAL VOC from 2010. */
    public double area() {
        double[] monotone = monotonePrecision();
        double area = 0;
        double before = 0;
        for (int i = 0; i < recall.length; i++) {
            area += (recall[i] - before) * monotone[i];
            before = recall[i];
        }
        return area;
    }
}
