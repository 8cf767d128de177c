package org.menagerie.training.metrics;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Average precision and recall of detections as COCO measures them (Lin et al. 2014; the rules of its evaluation code): matches by
 * falling score, each to the free object of highest IoU; precision made monotone and averaged over 101 recalls; the 100 best
 * detections of an image and class. A crowd takes any number of detections that lie in it, and neither they nor it count. For
 * one size of objects, objects of other sizes do not count, nor do detections that hit them, nor detections of other sizes that
 * hit nothing. Means leave classes out that do not occur, and are NaN if none does.
 */
public final class AveragePrecision {
    /** The detections of an image and class that count at most. */
    public static final int MOST_DETECTIONS = 100;

    static final int THRESHOLDS = 10;
    /** 0 to 1, to the bit as COCO's evaluation has them. */
    private static final double[] RECALLS =
            IntStream.rangeClosed(0, 100).mapToDouble(i -> i * .01).toArray();

    private final List<ClassMatches> classes;

    /** One detection in an image. */
    public record Detection(int label, double score, Box box) {}

    /**
     * One object that is in an image.
     *
     * @param crowd true for a box around many objects
     * @param area by which its size counts, square pixels: COCO's is that of the object's outline
     */
    public record Truth(int label, Box box, boolean crowd, double area) {
        public Truth(int label, Box box, boolean crowd) {
            this(label, box, crowd, box.area());
        }

        public Truth(int label, Box box) {
            this(label, box, false);
        }
    }

    public AveragePrecision(int classes) {
        this.classes =
                IntStream.range(0, classes).mapToObj(c -> new ClassMatches()).toList();
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
            classes.get(c)
                    .add(found, truths.stream().filter(t -> t.label == label).toList());
        }
    }

    /** AP at IoU .5. */
    public double at50() {
        return precision(ObjectSize.ALL, 0, 1);
    }

    /** AP at IoU .75. */
    public double at75() {
        return precision(ObjectSize.ALL, 5, 6);
    }

    /** AP averaged over IoU .5, .55, … .95: COCO's AP. */
    public double at50To95() {
        return at50To95(ObjectSize.ALL);
    }

    /** COCO's AP for objects of one size. */
    public double at50To95(ObjectSize size) {
        return precision(size, 0, THRESHOLDS);
    }

    /** AP at IoU .5 of one class; NaN if it does not occur. */
    public double at50(int label) {
        return classes.get(label).of(ObjectSize.ALL).occur() ? curve(label).averagePrecision(RECALLS) : Double.NaN;
    }

    /** The curve of one class at IoU .5. */
    public PrecisionRecall curve(int label) {
        return classes.get(label).of(ObjectSize.ALL).curve(0, MOST_DETECTIONS);
    }

    /**
     * Recall averaged over IoU .5 to .95 and the classes that occur: COCO's AR.
     *
     * @param most the detections of an image and class that count, the best ones; up to {@value #MOST_DETECTIONS}
     */
    public double recall(ObjectSize size, int most) {
        if (most < 1 || most > MOST_DETECTIONS) {
            throw new IllegalArgumentException(
                    "Recall needs 1 to %d detections an image and class, not %d".formatted(MOST_DETECTIONS, most));
        }
        return mean(size, 0, THRESHOLDS, most, PrecisionRecall::lastRecall);
    }

    private double precision(ObjectSize size, int from, int to) {
        return mean(size, from, to, MOST_DETECTIONS, curve -> curve.averagePrecision(RECALLS));
    }

    private double mean(ObjectSize size, int from, int to, int most, ToDoubleFunction<PrecisionRecall> figure) {
        return classes.stream()
                .map(matches -> matches.of(size))
                .filter(SizeMatches::occur)
                .flatMapToDouble(matches -> IntStream.range(from, to)
                        .mapToDouble(threshold -> figure.applyAsDouble(matches.curve(threshold, most))))
                .average()
                .orElse(Double.NaN);
    }
}
