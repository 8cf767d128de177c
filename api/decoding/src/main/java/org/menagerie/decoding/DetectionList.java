package org.menagerie.decoding;

import java.util.Arrays;
import java.util.List;

/** Detections while they are being found. */
final class DetectionList {
    private int[] boxes = new int[16];
    private int[] classes = new int[16];
    private float[] scores = new float[16];
    private int size;

    void add(int box, int label, float score) {
        if (size == boxes.length) {
            boxes = Arrays.copyOf(boxes, 2 * size);
            classes = Arrays.copyOf(classes, 2 * size);
            scores = Arrays.copyOf(scores, 2 * size);
        }
        boxes[size] = box;
        classes[size] = label;
        scores[size++] = score;
    }

    int size() {
        return size;
    }

    int box(int i) {
        return boxes[i];
    }

    /** One list after the other. */
    static Detections joined(List<DetectionList> lists) {
        DetectionList all = new DetectionList();
        for (DetectionList list : lists) {
            for (int i = 0; i < list.size; i++) {
                all.add(list.boxes[i], list.classes[i], list.scores[i]);
            }
        }
        return all.toDetections();
    }

    Detections toDetections() {
        return new Detections(Arrays.copyOf(boxes, size), Arrays.copyOf(classes, size), Arrays.copyOf(scores, size));
    }
}
