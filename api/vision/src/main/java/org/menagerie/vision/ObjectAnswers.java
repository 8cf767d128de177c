package org.menagerie.vision;

import ai.djl.modality.cv.output.BoundingBox;
import ai.djl.modality.cv.output.DetectedObjects;
import ai.djl.modality.cv.output.Rectangle;
import java.util.ArrayList;
import java.util.List;
import org.menagerie.decoding.Detections;
import org.menagerie.spi.Origin;

/** Detections as DJL's answer. */
public final class ObjectAnswers {
    private ObjectAnswers() {}

    /**
     * Names the objects that suppression chose, in its order. Their boxes are fractions of the original picture and end with it.
     *
     * @param found rows of {@code corners}
     * @param corners in pixels of the original picture, {@code [N,4]}
     * @param labels the name of each class
     */
    public static DetectedObjects of(Detections found, float[] corners, Origin.Image picture, List<String> labels) {
        List<String> names = new ArrayList<>(found.size());
        List<Double> scores = new ArrayList<>(found.size());
        List<BoundingBox> boxes = new ArrayList<>(found.size());
        for (int i = 0; i < found.size(); i++) {
            int at = 4 * found.boxes()[i];
            double left = clipped(corners[at] / picture.width());
            double top = clipped(corners[at + 1] / picture.height());
            double right = clipped(corners[at + 2] / picture.width());
            double bottom = clipped(corners[at + 3] / picture.height());
            names.add(labels.get(found.classes()[i]));
            scores.add((double) found.scores()[i]);
            boxes.add(new Rectangle(left, top, right - left, bottom - top));
        }
        return new DetectedObjects(names, scores, boxes);
    }

    private static float clipped(float value) {
        return Math.max(0, Math.min(1, value));
    }
}
