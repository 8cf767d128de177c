package org.menagerie.training.metrics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Average precision of detections as COCO measures it (Lin et al. 2014; the rules of its evaluation code): matches by
 * falling score, each to the free object of highest IoU; precision made monotone and averaged over 101 recalls; the 100
 * best detections an image and class; objects of every size. A crowd takes any number of detections that lie in it, and
 * neither they nor it count.
 */
public final class AveragePrecision {
    private static final int MOST_DETECTIONS = 100;
    private static final int RECALLS = 101;
    private static final int THRESHOLDS = 10;

    private final List<ClassResults> classes;

    /** One detection in an image. */
    public record Detection(int label, double score, Box box) {}

    /** One object that is in an image. */
    public record Truth(int label, Box box, boolean crowd) {
        public Truth(int label, Box box) {
            this(label, box, false);
        }
    }

    public AveragePrecision(int classes) {
        this.classes =
                IntStream.range(0, classes).mapToObj(c -> new ClassResults()).toList();
    }

    /** Adds an image. */
    public void add(List<Detection> detections, List<Truth> truths) {
        for (int c = 0; c < classes.size(); c++) {
            int label = c;
            List<Detection> found = detections.stream()
                    .filter(d -> d.label == label)
                    .sorted(Comparator.comparingDouble(d -> -d.score))
                    .limit(MOST_DETECTIONS)
                    .toList();
            List<Truth> present = truths.stream()
                    .filter(t -> t.label == label)
                    .sorted(Comparator.comparing(Truth::crowd))
                    .toList();
            classes.get(c).add(found, present);
        }
    }

    /** AP at IoU .5, the mean over the classes that occur; NaN if none does. */
    public double at50() {
        return mean(IntStream.range(0, classes.size()).mapToDouble(c -> at(c, 0)));
    }

    /** AP averaged over IoU .5, .55, … .95 and the classes that occur: COCO's AP. */
    public double at50To95() {
        return mean(
                IntStream.range(0, classes.size() * THRESHOLDS).mapToDouble(i -> at(i / THRESHOLDS, i % THRESHOLDS)));
    }

    /** AP at IoU .5 of one class; NaN if it does not occur. */
    public double at50(int label) {
        return at(label, 0);
    }

    private double at(int label, int threshold) {
        return classes.get(label).averagePrecision(threshold);
    }

    private static double mean(DoubleStream values) {
        return values.filter(value -> !Double.isNaN(value)).average().orElse(Double.NaN);
    }

    private static double iouThreshold(int index) {
        return .5 + index * (.45 / 9);
    }

    /** What became of one class's detections so far. */
    private static final class ClassResults {
        private final List<Outcome> outcomes = new ArrayList<>();
        private int objects;

        /** A detection's score and, by threshold, whether it hit an object, hit nothing, or does not count. */
        private record Outcome(double score, Verdict[] verdicts) {}

        private enum Verdict {
            HIT,
            MISS,
            IGNORED
        }

        void add(List<Detection> detections, List<Truth> truths) {
            objects += (int) truths.stream().filter(t -> !t.crowd).count();
            boolean[][] taken = new boolean[THRESHOLDS][truths.size()];
            for (Detection detection : detections) {
                double[] overlaps = truths.stream()
                        .mapToDouble(truth -> overlap(detection.box, truth))
                        .toArray();
                Verdict[] verdicts = new Verdict[THRESHOLDS];
                for (int t = 0; t < THRESHOLDS; t++) {
                    verdicts[t] = match(overlaps, truths, taken[t], iouThreshold(t));
                }
                outcomes.add(new Outcome(detection.score, verdicts));
            }
        }

        /** IoU; with a crowd, the part of the detection that lies in it. */
        private static double overlap(Box box, Truth truth) {
            return !truth.crowd ? box.iou(truth.box) : box.area() == 0 ? 0 : box.intersection(truth.box) / box.area();
        }

        /** Takes the free object of highest overlap, of equals the last; a crowd only where no object will do. */
        private static Verdict match(double[] overlaps, List<Truth> truths, boolean[] taken, double threshold) {
            int match = -1;
            double best = threshold;
            for (int i = 0; i < overlaps.length; i++) {
                boolean crowd = truths.get(i).crowd;
                if (crowd && match >= 0 && !truths.get(match).crowd) {
                    break;
                }
                if (overlaps[i] >= best && (crowd || !taken[i])) {
                    best = overlaps[i];
                    match = i;
                }
            }
            if (match < 0) {
                return Verdict.MISS;
            }
            taken[match] = true;
            return truths.get(match).crowd ? Verdict.IGNORED : Verdict.HIT;
        }

        double averagePrecision(int threshold) {
            if (objects == 0) {
                return Double.NaN;
            }
            List<Outcome> counted = outcomes.stream()
                    .filter(o -> o.verdicts[threshold] != Verdict.IGNORED)
                    .sorted(Comparator.comparingDouble(o -> -o.score))
                    .toList();
            double[] precision = new double[counted.size()];
            double[] recall = new double[counted.size()];
            int hits = 0;
            for (int i = 0; i < precision.length; i++) {
                hits += counted.get(i).verdicts[threshold] == Verdict.HIT ? 1 : 0;
                precision[i] = (double) hits / (i + 1);
                recall[i] = (double) hits / objects;
            }
            for (int i = precision.length - 1; i > 0; i--) {
                precision[i - 1] = Math.max(precision[i - 1], precision[i]);
            }
            double sum = 0;
            int first = 0;
            for (int r = 0; r < RECALLS; r++) {
                while (first < recall.length && recall[first] < r * .01) {
                    first++;
                }
                sum += first < recall.length ? precision[first] : 0;
            }
            return sum / RECALLS;
        }
    }
}
