package org.menagerie.training.metrics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.menagerie.training.metrics.AveragePrecision.Detection;
import org.menagerie.training.metrics.AveragePrecision.Truth;

/**
 * Average precision of detections as PASCAL VOC measures it (Everingham et al. 2010, section 4.2; the rules of its development
 * kit): by falling score each detection goes to the object of its class with the highest IoU, taken or not; it is a hit if the IoU
 * is .5 or more and the object is free. Crowds stand for VOC's difficult objects: neither they nor detections that go to them
 * count. Every detection counts, however many there are. Means are over the classes that occur.
 *
 * <p>Deviation: a box's width is right − left, where the kit's boxes of whole pixels have one more.
 */
public final class VocPrecision {
    private static final double LEAST_IOU = .5;
    private static final double[] RECALLS =
            IntStream.rangeClosed(0, 10).mapToDouble(i -> i / 10.0).toArray();

    private final List<List<Outcome>> outcomes;
    private final int[] objects;

    private record Outcome(double score, boolean hit) {}

    public VocPrecision(int classes) {
        this.outcomes = IntStream.range(0, classes)
                .<List<Outcome>>mapToObj(c -> new ArrayList<>())
                .toList();
        this.objects = new int[classes];
    }

    /** Adds an image. */
    public void add(List<Detection> detections, List<Truth> truths) {
        truths.stream().filter(truth -> !truth.crowd()).forEach(truth -> objects[truth.label()]++);
        boolean[] taken = new boolean[truths.size()];
        detections.stream()
                .sorted(Comparator.comparingDouble(detection -> -detection.score()))
                .forEach(detection -> add(detection, truths, taken));
    }

    private void add(Detection detection, List<Truth> truths, boolean[] taken) {
        int nearest = -1;
        double best = 0;
        for (int i = 0; i < truths.size(); i++) {
            double overlap = truths.get(i).label() == detection.label()
                    ? detection.box().iou(truths.get(i).box())
                    : 0;
            if (overlap > best) {
                best = overlap;
                nearest = i;
            }
        }
        boolean near = best >= LEAST_IOU;
        if (near && truths.get(nearest).crowd()) {
            return;
        }
        boolean hit = near && !taken[nearest];
        if (hit) {
            taken[nearest] = true;
        }
        outcomes.get(detection.label()).add(new Outcome(detection.score(), hit));
    }

    /** The mean over classes of the mean precision at recalls 0, .1, … 1: VOC up to 2009. */
    public double elevenPoints() {
        return mean(curve -> curve.averagePrecision(RECALLS));
    }

    /** The mean over classes of the area under the monotone precision: VOC from 2010. */
    public double area() {
        return mean(PrecisionRecall::area);
    }

    private double mean(ToDoubleFunction<PrecisionRecall> figure) {
        return IntStream.range(0, objects.length)
                .filter(label -> objects[label] > 0)
                .mapToDouble(label -> figure.applyAsDouble(curve(label)))
                .average()
                .orElse(Double.NaN);
    }

    private PrecisionRecall curve(int label) {
        List<Outcome> sorted = outcomes.get(label).stream()
                .sorted(Comparator.comparingDouble(outcome -> -outcome.score()))
                .toList();
        boolean[] hits = new boolean[sorted.size()];
        IntStream.range(0, hits.length).forEach(i -> hits[i] = sorted.get(i).hit());
        return PrecisionRecall.of(sorted.stream().mapToDouble(Outcome::score).toArray(), hits, objects[label]);
    }
}
