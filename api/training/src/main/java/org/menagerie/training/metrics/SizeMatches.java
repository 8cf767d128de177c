package org.menagerie.training.metrics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.menagerie.training.metrics.AveragePrecision.Detection;
import org.menagerie.training.metrics.AveragePrecision.Truth;

/** What became of one class's detections so far where objects of one size count, for each IoU threshold. */
final class SizeMatches {
    private static final double[] THRESHOLDS = thresholds();

    private final ObjectSize size;
    private final List<Outcome> outcomes = new ArrayList<>();
    private int objects;

    /**
     * What became of a detection.
     *
     * @param rank the number of better detections of the class in its image
     * @param hits a bit for each threshold at which it hit an object that counts
     * @param ignored a bit for each threshold at which it does not count
     */
    private record Outcome(double score, int rank, int hits, int ignored) {}

    SizeMatches(ObjectSize size) {
        this.size = size;
    }

    /** .5, .55, … .95, to the bit as COCO's evaluation has them. */
    private static double[] thresholds() {
        double[] thresholds = new double[AveragePrecision.THRESHOLDS];
        for (int i = 0; i < thresholds.length; i++) {
            thresholds[i] = i == thresholds.length - 1 ? .95 : .5 + i * ((.95 - .5) / 9);
        }
        return thresholds;
    }

    /**
     * Adds an image.
     *
     * @param found by falling score
     * @param overlaps of each detection with each object
     */
    void add(List<Detection> found, List<Truth> present, double[][] overlaps) {
        // Objects that count come first, so that a detection goes to one of the others only where none of them will do.
        int[] order = IntStream.range(0, present.size())
                .boxed()
                .sorted(Comparator.comparing(i -> !counts(present.get(i))))
                .mapToInt(Integer::intValue)
                .toArray();
        objects += (int) present.stream().filter(this::counts).count();
        int[] hits = new int[found.size()];
        int[] ignored = new int[found.size()];
        for (int t = 0; t < THRESHOLDS.length; t++) {
            boolean[] taken = new boolean[present.size()];
            for (int d = 0; d < found.size(); d++) {
                int match = match(overlaps[d], order, present, taken, THRESHOLDS[t]);
                if (match < 0) {
                    ignored[d] |= size.holds(found.get(d).box().area()) ? 0 : 1 << t;
                } else {
                    taken[match] = true;
                    hits[d] |= counts(present.get(match)) ? 1 << t : 0;
                    ignored[d] |= counts(present.get(match)) ? 0 : 1 << t;
                }
            }
        }
        IntStream.range(0, hits.length)
                .mapToObj(d -> new Outcome(found.get(d).score(), d, hits[d], ignored[d]))
                .forEach(outcomes::add);
    }

    private boolean counts(Truth truth) {
        return !truth.crowd() && size.holds(truth.area());
    }

    /** The free object of highest overlap, of equals the last; one that does not count only where no other will do; else −1. */
    private int match(double[] overlaps, int[] order, List<Truth> present, boolean[] taken, double threshold) {
        int match = -1;
        double best = threshold;
        for (int i : order) {
            Truth truth = present.get(i);
            if (match >= 0 && counts(present.get(match)) && !counts(truth)) {
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
    boolean occur() {
        return objects > 0;
    }

    /**
     * The curve at one threshold.
     *
     * @param most the detections of an image that count, the best ones
     */
    PrecisionRecall curve(int threshold, int most) {
        int bit = 1 << threshold;
        List<Outcome> counted = outcomes.stream()
                .filter(outcome -> outcome.rank() < most && (outcome.ignored() & bit) == 0)
                .sorted(Comparator.comparingDouble(outcome -> -outcome.score()))
                .toList();
        boolean[] hit = new boolean[counted.size()];
        IntStream.range(0, hit.length).forEach(i -> hit[i] = (counted.get(i).hits() & bit) != 0);
        return PrecisionRecall.of(counted.stream().mapToDouble(Outcome::score).toArray(), hit, objects);
    }
}
