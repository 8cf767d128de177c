package org.menagerie.decoding;

import java.util.Arrays;

/** The boxes of one class that hard suppression has chosen, by coordinate, so that a newcomer is held against them fast. */
final class ChosenBoxes {
    /** A quotient that is this much below the threshold is below it in exact float arithmetic as well. */
    private static final float SAFE = 1 - 1e-6f;

    private final float threshold;
    private final float quickThreshold;
    private float[] left = new float[64];
    private float[] top = new float[64];
    private float[] right = new float[64];
    private float[] bottom = new float[64];
    private float[] area = new float[64];
    private int size;

    ChosenBoxes(float threshold) {
        this.threshold = threshold;
        this.quickThreshold = threshold * SAFE;
    }

    void clear() {
        size = 0;
    }

    int size() {
        return size;
    }

    /** Adds a box unless one that is already here suppresses it; tells whether it was added. */
    boolean add(float[] boxes, int box) {
        float l = Boxes.left(boxes, box);
        float t = Boxes.top(boxes, box);
        float r = Boxes.right(boxes, box);
        float b = Boxes.bottom(boxes, box);
        float a = (r - l) * (b - t);
        if (a > 0 && suppressed(l, t, r, b, a)) {
            return false;
        }
        if (size == left.length) {
            grow();
        }
        left[size] = l;
        top[size] = t;
        right[size] = r;
        bottom[size] = b;
        area[size++] = a;
        return true;
    }

    private boolean suppressed(float l, float t, float r, float b, float a) {
        for (int i = 0; i < size; i++) {
            float width = Math.min(r, right[i]) - Math.max(l, left[i]);
            float height = Math.min(b, bottom[i]) - Math.max(t, top[i]);
            if (width > 0 && height > 0) {
                float intersection = width * height;
                float union = a + area[i] - intersection;
                // The division, slow, decides only where the product could differ from it by rounding.
                if (intersection > quickThreshold * union && union > 0 && intersection / union > threshold) {
                    return true;
                }
            }
        }
        return false;
    }

    private void grow() {
        left = Arrays.copyOf(left, 2 * size);
        top = Arrays.copyOf(top, 2 * size);
        right = Arrays.copyOf(right, 2 * size);
        bottom = Arrays.copyOf(bottom, 2 * size);
        area = Arrays.copyOf(area, 2 * size);
    }
}
