package org.menagerie.training.metrics;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.menagerie.training.metrics.AveragePrecision.Detection;
import org.menagerie.training.metrics.AveragePrecision.Truth;

/** What became of one class's detections so far, for each size of objects. */
final class ClassMatches {
    private final Map<ObjectSize, SizeMatches> sizes = new EnumMap<>(ObjectSize.class);

    ClassMatches() {
        for (ObjectSize size : ObjectSize.values()) {
            sizes.put(size, new SizeMatches(size));
        }
    }

    /** Adds an image: its detections by falling score, and its objects. */
    void add(List<Detection> found, List<Truth> present) {
        double[][] overlaps = found.stream()
                .map(detection -> present.stream()
                        .mapToDouble(truth -> overlap(detection.box(), truth))
                        .toArray())
                .toArray(double[][]::new);
        sizes.values().forEach(matches -> matches.add(found, present, overlaps));
    }

    /** IoU; with a crowd, the part of the detection that lies in it. */
    private static double overlap(Box box, Truth truth) {
        double area = box.area();
        return !truth.crowd() ? box.iou(truth.box()) : area == 0 ? 0 : box.intersection(truth.box()) / area;
    }

    /** Those for objects of one size. */
    SizeMatches of(ObjectSize size) {
        return Objects.requireNonNull(sizes.get(size));
    }
}
