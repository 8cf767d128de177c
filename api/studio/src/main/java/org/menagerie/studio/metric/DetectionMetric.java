package org.menagerie.studio.metric;

import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.output.DetectedObjects;
import ai.djl.modality.cv.output.DetectedObjects.DetectedObject;
import ai.djl.modality.cv.output.Rectangle;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.ModelCard;
import org.menagerie.spi.Tensor;
import org.menagerie.training.data.Dataset;
import org.menagerie.training.metrics.AveragePrecision;
import org.menagerie.training.metrics.AveragePrecision.Detection;
import org.menagerie.training.metrics.AveragePrecision.Truth;
import org.menagerie.training.metrics.Box;

/**
 * Average precision of a detector in pictures: the means over classes at IoU .5 ({@code mAP_50}) and over IoU .5 to .95 ({@code
 * mAP_50_95}). Where the data has the column {@code crowd_label}, its boxes are groups. Detectors are loaded with a low
 * threshold: unsure answers count too, as precision is measured at every recall.
 */
final class DetectionMetric implements Measure<DetectedObjects> {
    private final List<String> labels;
    private final AveragePrecision precision;

    private DetectionMetric(Dataset data, ModelCard card) {
        this.labels = data.info().labels();
        this.precision = new AveragePrecision(labels.size());
        if (!card.labels().isEmpty() && card.labels().stream().noneMatch(labels::contains)) {
            throw new InvalidInputException("The data has the classes %s, of which the model knows none; it has %s"
                    .formatted(labels, card.labels()));
        }
    }

    static MetricKind<Image, DetectedObjects> kind() {
        return MetricKind.of(
                        "detectors in pictures",
                        Examples.images(),
                        DetectedObjects.class,
                        List.of("boxes", "box_label"),
                        List.of("mAP_50", "mAP_50_95"),
                        DetectionMetric::new)
                .withSettings(Map.of("threshold", JsonNodeFactory.instance.numberNode(0.01)))
                .asUsual();
    }

    @Override
    public void add(DetectedObjects answer, Example example) {
        Tensor images = example.column("image");
        int width = (int) images.shape().dim(3);
        int height = (int) images.shape().dim(2);
        precision.add(found(answer, width, height), present(example));
    }

    /** Classes that the data does not have are left out. */
    private List<Detection> found(DetectedObjects answer, int width, int height) {
        List<Detection> found = new ArrayList<>();
        for (DetectedObject object : answer.<DetectedObject>items()) {
            int label = labels.indexOf(object.getClassName());
            if (label >= 0) {
                Rectangle box = object.getBoundingBox().getBounds();
                double left = box.getX() * width;
                double top = box.getY() * height;
                found.add(new Detection(
                        label,
                        object.getProbability(),
                        new Box(left, top, left + box.getWidth() * width, top + box.getHeight() * height)));
            }
        }
        return found;
    }

    private static List<Truth> present(Example example) {
        float[] boxes = example.floats("boxes");
        long[] labels = example.longs("box_label");
        long[] crowds = example.has("crowd_label") ? example.longs("crowd_label") : new long[0];
        List<Truth> present = new ArrayList<>();
        for (int i = 0; i < labels.length; i++) {
            long crowd = i < crowds.length ? crowds[i] : -1;
            if (labels[i] >= 0 || crowd >= 0) {
                Box box = new Box(boxes[4 * i], boxes[4 * i + 1], boxes[4 * i + 2], boxes[4 * i + 3]);
                present.add(new Truth((int) Math.max(labels[i], crowd), box, crowd >= 0));
            }
        }
        return present;
    }

    @Override
    public Map<String, Double> figures() {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("mAP_50", precision.at50());
        figures.put("mAP_50_95", precision.at50To95());
        return figures;
    }
}
