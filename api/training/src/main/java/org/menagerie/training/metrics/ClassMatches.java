package org.menagerie.training.metrics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.menagerie.training.metrics.AveragePrecision.Detection;
import org.menagerie.training.metrics.AveragePrecision.Truth;

/** What became of one class's detections so far, for each size of objects and each IoU threshold. */
final class ClassMatches {
    private static final ObjectSize[] SIZES = ObjectSize.values();
    private static final double[] THRESHOLDS = thresholds();

    private final List<Outcome> outcomes = new ArrayList<>();
    private final int[] objects = new int[SIZES.length];

    /**
     * What became of a detection.
     *
     * @param rank the number of better detections of the class in its image
     * @param hits by size, a bit for each threshold at which it hit an object that counts
     * @param ignored by size, a bit for each threshold at which it does not count
     */
    private record Outcome(double score, int rank, int[] hits, int[] ignored) {}

    /** .5, .55, … .95, to the bit as COCO's evaluation has them. */
    private static double[] thresholds() {
        double[] thresholds = new double[AveragePrecision.THRESHOLDS];
        for (int i = 0; i < thresholds.length; i++) {
            thresholds[i] = i == thresholds.length - 1 ? .95 : .5 + i * ((.95 - .5) / 9);
        }
        return thresholds;
    }

    /** Adds an image: its detections by falling score, and its objects. */
    void add(List<Detection> found, List<Truth> present) {
        int first = outcomes.size();
        for (int rank = 0; rank < found.size(); rank++) {
            outcomes.add(new Outcome(found.get(rank).score(), rank, new int[SIZES.length], new int[SIZES.length]));
        }
        double[][] overlaps = found.stream()
                .map(detection -> present.stream()
                        .mapToDouble(truth -> overlap(detection.box(), truth))
                        .toArray())
                .toArray(double[][]::new);
        for (ObjectSize size : SIZES) {
            // Objects that count come first, so that a detection goes to one of the others only where none of them will do.
            int[] order = IntStream.range(0, present.size())
                    .boxed()
                    .sorted(Comparator.comparing(i -> !counts(present.get(i), size)))
                    .mapToInt(Integer::intValue)
                    .toArray();
            objects[size.ordinal()] += (int)
                    present.stream().filter(truth -> counts(truth, size)).count();
            for (int t = 0; t < THRESHOLDS.length; t++) {
                boolean[] taken = new boolean[present.size()];
                for (int d = 0; d < found.size(); d++) {
                    int match = match(overlaps[d], order, present, taken, size, THRESHOLDS[t]);
                    boolean inside = size.holds(found.get(d).box().area());
                    Outcome outcome = outcomes.get(first + d);
                    if (match >= 0) {
                        taken[match] = true;
                    }
                    if (match >= 0 ? !counts(present.get(match), size) : !inside) {
                        outcome.ignored()[size.ordinal()] |= 1 << t;
                    } else if (match >= 0) {
                        outcome.hits()[size.ordinal()] |= 1 << t;
                    }
                }
            }
        }
    }

    private static boolean counts(Truth truth, ObjectSize size) {
        return !truth.crowd() && size.holds(truth.area());
    }

    /** IoU; with a crowd, the part of the detection that lies in it. */
    private static double overlap(Box box, Truth truth) {
        double area = box.area();
        return !truth.crowd() ? box.iou(truth.box()) : area == 0 ? 0 : box.intersection(truth.box()) / area;
    }

    /** The free object of highest overlap, of equals the last; one that does not count only where no other will do; else −1. */
    private static int match(
            double[] overlaps, int[] order, List<Truth> present, boolean[] taken, ObjectSize size, double threshold) {
        int match = -1;
        double best = threshold;
        for (int i : order) {
            Truth truth = present.get(i);
            if (match >= 0 && counts(present.get(match), size) && !counts(truth, size)) {
                break;
            }
            if (overlaps[i] >= best && (truth.crowd() || !taken[i])) {
                best = overlaps[i];
                match = i;
            }
        }
        return match;
    }

    /** True if objects of the size occur. */
    boolean occurs(ObjectSize size) {
        return objects[size.ordinal()] > 0;
    }

    /**
     * The curve at one threshold.
     *
     * @param most the detections of an image that count, the best ones
     */
    PrecisionRecall curve(ObjectSize size, int threshold, int most) {
        int bit = 1 << threshold;
        List<Outcome> counted = outcomes.stream()
                .filter(outcome -> outcome.rank() < most && (outcome.ignored()[size.ordinal()] & bit) == 0)
                .sorted(Comparator.comparingDouble(outcome -> -outcome.score()))
                .toList();
        boolean[] hits = new boolean[counted.size()];
        IntStream.range(0, hits.length)
                .forEach(i -> hits[i] = (counted.get(i).hits()[size.ordinal()] & bit) != 0);
        return PrecisionRecall.of(
                counted.stream().mapToDouble(Outcome::score).toArray(), hits, objects[size.ordinal()]);
    }
}
