package org.menagerie.decoding;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Non-maximum suppression: of boxes that overlap, the one with the best score stays.
 *
 * <p>Hard suppression chooses what ONNX's NonMaxSuppression operator chooses, in its order: by class, then by falling
 * score, of equal scores the lower row first. Only scores above the threshold take part, so a NaN score never does. A
 * box with a NaN coordinate is never chosen; a box without area overlaps nothing, so it suppresses nothing and stays.
 *
 * @param suppression what a chosen box does to those it overlaps
 * @param scoreThreshold scores must be above it; soft suppression drops a box that falls to it
 * @param maxPerClass how many boxes to choose of each class at most
 */
public record Nms(Suppression suppression, float scoreThreshold, int maxPerClass) {
    /** As many scores are worth the processors of the common pool, which share the classes among them. */
    private static final int SHARED_WORK = 100_000;

    public Nms {
        if (maxPerClass < 0) {
            throw new IllegalArgumentException(
                    "At most %d boxes a class were asked for; expected 0 or more".formatted(maxPerClass));
        }
        if (Float.isNaN(scoreThreshold)) {
            throw new IllegalArgumentException("The score threshold is NaN; expected a number");
        }
    }

    /** Hard suppression without a limit on the number of boxes. */
    public static Nms hard(float iou, float scoreThreshold) {
        return new Nms(new Suppression.Hard(iou), scoreThreshold, Integer.MAX_VALUE);
    }

    public Nms withMaxPerClass(int boxes) {
        return new Nms(suppression, scoreThreshold, boxes);
    }

    /**
     * Each class by itself: a box may be chosen for several classes.
     *
     * @param boxes corners, {@code [N,4]}
     * @param scores {@code [classes,N]}
     */
    public Detections perClass(float[] boxes, float[] scores, int classes) {
        return batched(boxes, scores, 1, classes).get(0);
    }

    /**
     * Each class of each picture by itself.
     *
     * @param boxes corners, {@code [batch,N,4]}
     * @param scores {@code [batch,classes,N]}
     * @return one answer a picture; rows count from its first box
     */
    public List<Detections> batched(float[] boxes, float[] scores, int batch, int classes) {
        int n = requireFit(boxes, scores, batch, classes);
        Shares shares = Shares.of(classes, (long) n * classes, SHARED_WORK);
        int parts = shares.count();
        List<DetectionList> found = IntStream.range(0, batch * parts)
                .parallel()
                .mapToObj(i -> {
                    int first = shares.start(i % parts);
                    int end = shares.start(i % parts + 1);
                    return chosen(boxes, scores, n, i / parts, classes, first, end);
                })
                .toList();
        return IntStream.range(0, batch)
                .mapToObj(picture -> DetectionList.joined(found.subList(picture * parts, (picture + 1) * parts)))
                .toList();
    }

    /** What is chosen of some classes of one picture. */
    private DetectionList chosen(float[] boxes, float[] scores, int n, int picture, int classes, int first, int end) {
        var search = new BoxSearch(this, boxes, 4 * n * picture);
        var candidates = Candidates.above(scoreThreshold, scores, n * (classes * picture + first), n, end - first);
        for (int c = first; c < end; c++) {
            candidates.startClass(c - first);
            search.choose(candidates, c);
        }
        return search.found();
    }

    /**
     * All classes together: each box counts for its best class only (of equals the first), and suppresses boxes of any
     * class.
     *
     * @param boxes corners, {@code [N,4]}
     * @param scores {@code [classes,N]}
     */
    public Detections acrossClasses(float[] boxes, float[] scores, int classes) {
        int n = requireFit(boxes, scores, 1, classes);
        float[] best = new float[n];
        int[] bestClass = new int[n];
        java.util.Arrays.fill(best, Float.NEGATIVE_INFINITY);
        for (int c = 0; c < classes; c++) {
            for (int i = 0; i < n; i++) {
                float score = scores[c * n + i];
                if (score > best[i]) {
                    best[i] = score;
                    bestClass[i] = c;
                }
            }
        }
        Detections chosen = perClass(boxes, best, 1);
        int[] chosenClasses = new int[chosen.size()];
        for (int i = 0; i < chosenClasses.length; i++) {
            chosenClasses[i] = bestClass[chosen.boxes()[i]];
        }
        return new Detections(chosen.boxes(), chosenClasses, chosen.scores());
    }

    /**
     * One class of anything that can overlap, such as {@link Polygons} or boxes by {@link Boxes#giou}.
     *
     * @param scores one for each entry
     * @param overlap of two entries by their index, held against the suppression's thresholds; NaN is no overlap
     */
    public Detections byOverlap(float[] scores, Overlap overlap) {
        var candidates = Candidates.above(scoreThreshold, scores, 0, scores.length, 1);
        candidates.startClass(0);
        var chosen = new DetectionList();
        new OverlapSearch(this, overlap).choose(candidates, 0, chosen);
        return chosen.toDetections();
    }

    private static int requireFit(float[] boxes, float[] scores, int batch, int classes) {
        Boxes.requireRows(boxes);
        if (batch < 1 || classes < 1) {
            throw new IllegalArgumentException(
                    "%d pictures of %d classes; expected at least 1 of each".formatted(batch, classes));
        }
        int rows = boxes.length / 4;
        if (rows % batch != 0 || (long) rows * classes != scores.length) {
            throw new IllegalArgumentException("%,d boxes in %d pictures of %d classes need %,d scores; %,d were given"
                    .formatted(rows, batch, classes, (long) rows * classes, scores.length));
        }
        return rows / batch;
    }
}
