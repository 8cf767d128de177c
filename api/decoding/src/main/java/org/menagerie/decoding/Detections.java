package org.menagerie.decoding;

import java.util.Arrays;

/**
 * The boxes that non-maximum suppression chose, as parallel arrays.
 *
 * @param boxes rows of the boxes that were given
 * @param classes the class of each
 * @param scores the score of each; soft suppression has lowered it
 */
public record Detections(int[] boxes, int[] classes, float[] scores) {
    public Detections {
        if (boxes.length != classes.length || boxes.length != scores.length) {
            throw new IllegalArgumentException("%d boxes, %d classes and %d scores; expected as many of each"
                    .formatted(boxes.length, classes.length, scores.length));
        }
    }

    public int size() {
        return boxes.length;
    }

    /** The {@code n} best by score over all classes, or all if there are fewer; ties keep their order. */
    public Detections best(int n) {
        int[] order = Scores.topK(scores, n);
        return new Detections(
                Arrays.stream(order).map(i -> boxes[i]).toArray(),
                Arrays.stream(order).map(i -> classes[i]).toArray(),
                gather(order));
    }

    private float[] gather(int[] order) {
        float[] gathered = new float[order.length];
        for (int i = 0; i < order.length; i++) {
            gathered[i] = scores[order[i]];
        }
        return gathered;
    }
}
