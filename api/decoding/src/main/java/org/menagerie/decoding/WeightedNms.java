package org.menagerie.decoding;

/**
 * Weighted suppression: a chosen box becomes the mean of the boxes it suppresses, weighted by their scores.
 *
 * <p>This is BlazeFace's blending (Bazarevsky 2019, §3.3) with the rules of MediaPipe's {@code WEIGHTED} suppression:
 * the best box gathers every box that is left and overlaps it by more than the threshold; their rows (corners first,
 * then any other coordinates such as key points) are averaged with the scores as weights; the score is the best's.
 * Ties, NaN and boxes without area are treated as by {@link Nms}.
 *
 * @param iou boxes must overlap by more than this to be merged, 0 to 1
 * @param scoreThreshold scores must be above it
 */
public record WeightedNms(float iou, float scoreThreshold) {
    public WeightedNms {
        new Nms(new Suppression.Hard(iou), scoreThreshold, 0);
    }

    /**
     * Merged rows, best first.
     *
     * @param rows {@code [size,columns]}
     * @param scores one a row
     */
    public record Merged(float[] rows, float[] scores) {
        public int size() {
            return scores.length;
        }
    }

    /**
     * Merges rows.
     *
     * @param rows {@code [N,columns]}: x1, y1, x2, y2, then what else is to be averaged
     * @param scores {@code [N]}, positive
     */
    public Merged merge(float[] rows, int columns, float[] scores) {
        if (columns < 4 || rows.length != (long) columns * scores.length) {
            throw new IllegalArgumentException(
                    "%,d scores of rows of %d need %,d numbers, 4 or more a row; %,d were given"
                            .formatted(scores.length, columns, (long) columns * scores.length, rows.length));
        }
        float[] boxes = new float[4 * scores.length];
        for (int i = 0; i < scores.length; i++) {
            System.arraycopy(rows, columns * i, boxes, 4 * i, 4);
        }
        int[] owner = new int[scores.length];
        Detections chosen = chooseOwners(boxes, scores, owner);

        float[] merged = new float[columns * chosen.size()];
        double[] sums = new double[columns];
        for (int i = 0; i < chosen.size(); i++) {
            java.util.Arrays.fill(sums, 0);
            double weight = 0;
            for (int row = 0; row < scores.length; row++) {
                if (owner[row] == i + 1) {
                    weight += scores[row];
                    for (int column = 0; column < columns; column++) {
                        sums[column] += (double) scores[row] * rows[columns * row + column];
                    }
                }
            }
            for (int column = 0; column < columns; column++) {
                merged[columns * i + column] = (float) (sums[column] / weight);
            }
        }
        return new Merged(merged, chosen.scores());
    }

    /** Plain suppression that also notes, for each row, the number (from 1) of the chosen row that took it. */
    private Detections chooseOwners(float[] boxes, float[] scores, int[] owner) {
        Detections chosen = Nms.hard(iou, scoreThreshold).perClass(boxes, scores, 1);
        for (int i = 0; i < chosen.size(); i++) {
            int best = chosen.boxes()[i];
            for (int row = 0; row < scores.length; row++) {
                boolean open = owner[row] == 0 && scores[row] > scoreThreshold;
                if (row == best || (open && Boxes.iou(boxes, best, row) > iou)) {
                    owner[row] = i + 1;
                }
            }
        }
        return chosen;
    }
}
