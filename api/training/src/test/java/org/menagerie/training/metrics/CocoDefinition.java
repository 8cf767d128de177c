package org.menagerie.training.metrics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.menagerie.training.metrics.AveragePrecision.Detection;
import org.menagerie.training.metrics.AveragePrecision.Truth;
import org.menagerie.training.metrics.CocoCases.Case;
import org.menagerie.training.metrics.CocoCases.Picture;

/**
 * COCO's twelve figures a second time, from the published definition (the "Metrics" of cocodataset.org's detection evaluation and
 * section 5 of Lin et al. 2014), one question at a time and without any regard to speed: which detections of a class are hits
 * at one threshold for one size of objects, and what is the best precision at a recall of at least r. The definition does not say
 * how a recall of 7/25 compares with .28; here as there, in floating point with r · .01, which is a little more.
 */
final class CocoDefinition {
    private final Case subject;

    CocoDefinition(Case subject) {
        this.subject = subject;
    }

    /** AP, AP50, AP75, AP small, medium, large, AR with 1, 10, 100 detections, AR small, medium, large. */
    double[] figures() {
        double whole = 1e10;
        return new double[] {
            precision(.5, .95, 0, whole),
            precision(.5, .5, 0, whole),
            precision(.75, .75, 0, whole),
            precision(.5, .95, 0, 1024),
            precision(.5, .95, 1024, 9216),
            precision(.5, .95, 9216, whole),
            recall(0, whole, 1),
            recall(0, whole, 10),
            recall(0, whole, 100),
            recall(0, 1024, 100),
            recall(1024, 9216, 100),
            recall(9216, whole, 100)
        };
    }

    /** One detection's fate that counts. */
    private record Counted(double score, boolean hit) {}

    private double precision(double from, double to, double least, double most) {
        List<Double> values = new ArrayList<>();
        for (int percent = (int) Math.round(100 * from); percent <= Math.round(100 * to); percent += 5) {
            for (int label = 0; label < subject.classes(); label++) {
                long objects = objects(label, least, most);
                if (objects == 0) {
                    continue;
                }
                List<Counted> counted = counted(label, percent, least, most, 100);
                double sum = 0;
                for (int r = 0; r <= 100; r++) {
                    double best = 0;
                    long hits = 0;
                    for (int n = 1; n <= counted.size(); n++) {
                        hits += counted.get(n - 1).hit() ? 1 : 0;
                        if ((double) hits / objects >= r * .01) {
                            best = Math.max(best, (double) hits / n);
                        }
                    }
                    sum += best;
                }
                values.add(sum / 101);
            }
        }
        return mean(values);
    }

    private double recall(double least, double most, int detections) {
        List<Double> values = new ArrayList<>();
        for (int percent = 50; percent <= 95; percent += 5) {
            for (int label = 0; label < subject.classes(); label++) {
                long objects = objects(label, least, most);
                if (objects > 0) {
                    long hits = counted(label, percent, least, most, detections).stream()
                            .filter(Counted::hit)
                            .count();
                    values.add((double) hits / objects);
                }
            }
        }
        return mean(values);
    }

    private static double mean(List<Double> values) {
        return values.isEmpty()
                ? Double.NaN
                : values.stream().mapToDouble(Double::doubleValue).sum() / values.size();
    }

    private long objects(int label, double least, double most) {
        return subject.pictures().stream()
                .flatMap(picture -> picture.truths().stream())
                .filter(truth -> truth.label() == label && counts(truth, least, most))
                .count();
    }

    private static boolean counts(Truth truth, double least, double most) {
        return !truth.crowd() && truth.area() >= least && truth.area() <= most;
    }

    /** The detections of a class that count, over all images, best first. */
    private List<Counted> counted(int label, int percent, double least, double most, int detections) {
        List<Counted> all = new ArrayList<>();
        for (Picture picture : subject.pictures()) {
            List<Detection> best = new ArrayList<>(picture.detections());
            best.removeIf(detection -> detection.label() != label);
            Collections.sort(best, (a, b) -> Double.compare(b.score(), a.score()));
            Set<Integer> free = new HashSet<>();
            for (int i = 0; i < picture.truths().size(); i++) {
                if (picture.truths().get(i).label() == label) {
                    free.add(i);
                }
            }
            for (Detection detection : best.subList(0, Math.min(detections, best.size()))) {
                int wanted = taken(detection, picture.truths(), free, percent, least, most, true);
                int other = wanted >= 0 ? -1 : taken(detection, picture.truths(), free, percent, least, most, false);
                double area = area(detection.box());
                if (wanted >= 0) {
                    free.remove(wanted);
                    all.add(new Counted(detection.score(), true));
                } else if (other >= 0) {
                    if (!picture.truths().get(other).crowd()) {
                        free.remove(other);
                    }
                } else if (area >= least && area <= most) {
                    all.add(new Counted(detection.score(), false));
                }
            }
        }
        Collections.sort(all, (a, b) -> Double.compare(b.score(), a.score()));
        return all;
    }

    /** The free object, of those that count or of the others, that overlaps most and enough; of equals the last. */
    private static int taken(
            Detection detection,
            List<Truth> truths,
            Set<Integer> free,
            int percent,
            double least,
            double most,
            boolean counting) {
        int chosen = -1;
        double best = -1;
        for (int i = 0; i < truths.size(); i++) {
            Truth truth = truths.get(i);
            double shared = shared(detection.box(), truth.box());
            double all = area(detection.box()) + (truth.crowd() ? 0 : area(truth.box()) - shared);
            // .9 is the only threshold that COCO's evaluation has a little below its name.
            double threshold = percent == 90 ? Math.nextDown(.9) : percent / 100.0;
            boolean enough = shared > 0 && shared / all >= threshold;
            if (free.contains(i) && counts(truth, least, most) == counting && enough && shared / all >= best) {
                best = shared / all;
                chosen = i;
            }
        }
        return chosen;
    }

    private static double area(Box box) {
        return (box.right() - box.left()) * (box.bottom() - box.top());
    }

    private static double shared(Box a, Box b) {
        double width = Math.min(a.right(), b.right()) - Math.max(a.left(), b.left());
        double height = Math.min(a.bottom(), b.bottom()) - Math.max(a.top(), b.top());
        return Math.max(0, width) * Math.max(0, height);
    }
}
