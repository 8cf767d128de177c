package org.menagerie.cli;

import ai.djl.modality.cv.output.DetectedObjects;
import ai.djl.modality.cv.output.Rectangle;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.menagerie.hub.TypedModel;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Tensor;
import org.menagerie.training.data.Column;
import org.menagerie.training.data.Dataset;
import org.menagerie.training.metrics.AveragePrecision;
import org.menagerie.training.metrics.AveragePrecision.Detection;
import org.menagerie.training.metrics.AveragePrecision.Truth;
import org.menagerie.training.metrics.Box;

/**
 * Average precision of a detector in pictures, through its own preprocessor and decoder: the means over classes at IoU .5
 * ({@code mAP_50}) and over IoU .5 to .95 ({@code mAP_50_95}).
 *
 * @param dataset with columns {@code image}, {@code boxes} and {@code box_label}; where it has {@code crowd_label}, the
 *     boxes that are groups by it
 * @param labels the model's; empty if the data's hold
 */
record DetectionEvaluation(Dataset dataset, List<String> labels) implements Evaluation {
    /** What a detector is loaded with: unsure answers count too, as precision is measured at every recall. */
    static final Map<String, JsonNode> SETTINGS = Map.of("threshold", JsonNodeFactory.instance.numberNode(0.01));

    private static final int BATCH = 100;

    DetectionEvaluation {
        List<String> known = dataset.info().labels();
        if (!labels.isEmpty() && labels.stream().noneMatch(known::contains)) {
            throw new InvalidInputException(
                    "The data has the classes %s, of which the model knows none; it has %s".formatted(known, labels));
        }
    }

    @Override
    public Map<String, Double> of(TypedModel<?, ?> model) {
        AveragePrecision precision =
                new AveragePrecision(dataset.info().labels().size());
        BatchPictures.predict(model, dataset, BATCH, (batch, i, answer) -> {
            Tensor images = Column.in(batch, "image");
            int width = (int) images.shape().dim(3);
            int height = (int) images.shape().dim(2);
            precision.add(found((DetectedObjects) answer, width, height), present(batch, i));
        });
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("mAP_50", precision.at50());
        metrics.put("mAP_50_95", precision.at50To95());
        return metrics;
    }

    /** Classes that the data does not have are left out. */
    private List<Detection> found(DetectedObjects answer, int width, int height) {
        List<Detection> found = new ArrayList<>();
        for (DetectedObjects.DetectedObject object : answer.<DetectedObjects.DetectedObject>items()) {
            int label = dataset.info().labels().indexOf(object.getClassName());
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

    private static List<Truth> present(Map<String, Tensor> batch, int picture) {
        Tensor boxes = Column.in(batch, "boxes");
        Tensor labels = Column.in(batch, "box_label");
        @Nullable Tensor crowds = batch.get("crowd_label");
        int most = (int) labels.shape().dim(1);
        List<Truth> present = new ArrayList<>();
        for (int i = picture * most; i < (picture + 1) * most; i++) {
            long label = labels.longs().get(i);
            long crowd = crowds == null ? -1 : crowds.longs().get(i);
            if (label >= 0 || crowd >= 0) {
                float[] corners = new float[4];
                boxes.floats().get(4 * i, corners);
                Box box = new Box(corners[0], corners[1], corners[2], corners[3]);
                present.add(new Truth((int) Math.max(label, crowd), box, crowd >= 0));
            }
        }
        return present;
    }
}
