package org.menagerie.studio.metric;

import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.output.DetectedObjects;
import ai.djl.modality.cv.output.DetectedObjects.DetectedObject;
import ai.djl.modality.cv.output.Rectangle;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.menagerie.spi.Tensor;
import org.menagerie.training.metrics.Box;

/**
 * The share of pictures whose surest object is right: its class is that of an object of the picture, with which its box has an
 * IoU above .5 (as in the localisation task of ILSVRC, with one answer). Beside it, the share whose class alone is right. Pictures
 * without an object do not count.
 */
final class LocalizationMetric implements Measure<DetectedObjects> {
    private static final double OVERLAP = 0.5;

    private final List<String> labels;
    private int pictures;
    private int classes;
    private int boxes;

    private LocalizationMetric(List<String> labels) {
        this.labels = labels;
    }

    static MetricKind<Image, DetectedObjects> kind() {
        return MetricKind.of(
                "detectors in pictures",
                Examples.images(),
                DetectedObjects.class,
                List.of("boxes", "box_label"),
                List.of("localization", "class_alone"),
                (data, card) -> new LocalizationMetric(data.info().labels()));
    }

    @Override
    public void add(DetectedObjects answer, Example example) {
        float[] corners = example.floats("boxes");
        long[] present = example.longs("box_label");
        if (Arrays.stream(present).allMatch(label -> label < 0)) {
            return;
        }
        pictures++;
        if (answer.getNumberOfObjects() == 0) {
            return;
        }
        DetectedObject surest = surest(answer);
        int label = labels.indexOf(surest.getClassName());
        Tensor images = example.column("image");
        Box found = box(
                surest.getBoundingBox().getBounds(),
                images.shape().dim(3),
                images.shape().dim(2));
        boolean named = false;
        boolean placed = false;
        for (int i = 0; i < present.length; i++) {
            if (label >= 0 && present[i] == label) {
                named = true;
                Box truth = new Box(corners[4 * i], corners[4 * i + 1], corners[4 * i + 2], corners[4 * i + 3]);
                placed |= found.iou(truth) > OVERLAP;
            }
        }
        classes += named ? 1 : 0;
        boxes += placed ? 1 : 0;
    }

    private static DetectedObject surest(DetectedObjects answer) {
        DetectedObject best = answer.item(0);
        for (DetectedObject object : answer.<DetectedObject>items()) {
            best = object.getProbability() > best.getProbability() ? object : best;
        }
        return best;
    }

    private static Box box(Rectangle share, long width, long height) {
        double left = share.getX() * width;
        double top = share.getY() * height;
        return new Box(left, top, left + share.getWidth() * width, top + share.getHeight() * height);
    }

    @Override
    public Map<String, Double> figures() {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("localization", (double) boxes / pictures);
        figures.put("class_alone", (double) classes / pictures);
        return figures;
    }
}
