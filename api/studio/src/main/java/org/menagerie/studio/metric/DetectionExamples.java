package org.menagerie.studio.metric;

import ai.djl.modality.cv.output.DetectedObjects;
import ai.djl.modality.cv.output.DetectedObjects.DetectedObject;
import ai.djl.modality.cv.output.Rectangle;
import java.util.ArrayList;
import java.util.List;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.ModelCard;
import org.menagerie.spi.Tensor;
import org.menagerie.training.data.Dataset;
import org.menagerie.training.metrics.AveragePrecision.Detection;
import org.menagerie.training.metrics.AveragePrecision.Truth;
import org.menagerie.training.metrics.Box;

/**
 * The objects of a picture and those that a detector found, in pixels of the original picture. Where the data has the column {@code
 * crowd_label}, its boxes are groups; where it has {@code original_size}, f32[B,2], boxes and areas count in pixels of the picture of
 * that width and height, and {@code box_area}, f32[B,M], is the area by which the size of an object counts.
 *
 * @param labels the data's classes
 */
record DetectionExamples(List<String> labels) {
    /** @throws InvalidInputException if the model knows none of the data's classes */
    static DetectionExamples of(Dataset data, ModelCard card) {
        List<String> labels = data.info().labels();
        if (!card.labels().isEmpty() && card.labels().stream().noneMatch(labels::contains)) {
            throw new InvalidInputException("The data has the classes %s, of which the model knows none; it has %s"
                    .formatted(labels, card.labels()));
        }
        return new DetectionExamples(labels);
    }

    /** What was found. Classes that the data does not have are left out. */
    List<Detection> found(DetectedObjects answer, Example example) {
        double[] size = size(example);
        List<Detection> found = new ArrayList<>();
        for (DetectedObject object : answer.<DetectedObject>items()) {
            int label = labels.indexOf(object.getClassName());
            if (label >= 0) {
                Rectangle box = object.getBoundingBox().getBounds();
                double left = box.getX() * size[0];
                double top = box.getY() * size[1];
                found.add(new Detection(
                        label,
                        object.getProbability(),
                        new Box(left, top, left + box.getWidth() * size[0], top + box.getHeight() * size[1])));
            }
        }
        return found;
    }

    /** What there is. */
    List<Truth> present(Example example) {
        double[] size = size(example);
        Tensor images = example.column("image");
        double scaleX = size[0] / images.shape().dim(3);
        double scaleY = size[1] / images.shape().dim(2);
        float[] boxes = example.floats("boxes");
        long[] objects = example.longs("box_label");
        long[] crowds = example.has("crowd_label") ? example.longs("crowd_label") : new long[0];
        float[] areas = example.has("box_area") ? example.floats("box_area") : new float[0];
        List<Truth> present = new ArrayList<>();
        for (int i = 0; i < objects.length; i++) {
            long crowd = i < crowds.length ? crowds[i] : -1;
            if (objects[i] >= 0 || crowd >= 0) {
                Box box = new Box(
                        boxes[4 * i] * scaleX,
                        boxes[4 * i + 1] * scaleY,
                        boxes[4 * i + 2] * scaleX,
                        boxes[4 * i + 3] * scaleY);
                double area = i < areas.length ? areas[i] : box.area();
                present.add(new Truth((int) Math.max(objects[i], crowd), box, crowd >= 0, area));
            }
        }
        return present;
    }

    /** The width and height of the original picture, else of the example's. */
    private static double[] size(Example example) {
        if (example.has("original_size")) {
            float[] size = example.floats("original_size");
            return new double[] {size[0], size[1]};
        }
        Tensor images = example.column("image");
        return new double[] {images.shape().dim(3), images.shape().dim(2)};
    }
}
