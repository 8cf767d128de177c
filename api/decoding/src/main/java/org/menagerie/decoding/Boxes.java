package org.menagerie.decoding;

import org.menagerie.spi.Origin;

/**
 * Axis-aligned boxes as rows of an array: corners x1, y1, x2, y2.
 *
 * <p>Corners may come in either order. A box without area overlaps nothing, and neither does one with a NaN.
 */
public final class Boxes {
    private Boxes() {}

    /** Intersection over union of two boxes, 0 to 1. */
    public static float iou(float[] boxes, int a, int b) {
        float intersection = intersection(boxes, a, b);
        float union = area(boxes, a) + area(boxes, b) - intersection;
        return intersection > 0 && union > 0 ? intersection / union : 0;
    }

    /**
     * Generalized IoU, -1 to 1: below 0 where boxes lie apart, by how much of their hull they leave empty (Rezatofighi
     * 2019). NaN if a coordinate is.
     */
    public static float giou(float[] boxes, int a, int b) {
        float width = Math.max(right(boxes, a), right(boxes, b)) - Math.min(left(boxes, a), left(boxes, b));
        float height = Math.max(bottom(boxes, a), bottom(boxes, b)) - Math.min(top(boxes, a), top(boxes, b));
        float hull = width * height;
        float union = area(boxes, a) + area(boxes, b) - intersection(boxes, a, b);
        float empty = hull == 0 ? 0 : (hull - union) / hull;
        return iou(boxes, a, b) - empty;
    }

    /** The area of a box. */
    public static float area(float[] boxes, int box) {
        return (right(boxes, box) - left(boxes, box)) * (bottom(boxes, box) - top(boxes, box));
    }

    /** Corners of boxes given as centre and size (xc, yc, w, h). */
    public static float[] fromCentres(float[] centres) {
        requireRows(centres);
        float[] corners = new float[centres.length];
        for (int i = 0; i < centres.length; i += 4) {
            corners[i] = centres[i] - centres[i + 2] / 2;
            corners[i + 1] = centres[i + 1] - centres[i + 3] / 2;
            corners[i + 2] = centres[i] + centres[i + 2] / 2;
            corners[i + 3] = centres[i + 1] + centres[i + 3] / 2;
        }
        return corners;
    }

    /**
     * Boxes in pixels of the network's input, letterboxed or cropped, as boxes in pixels of the original picture, left
     * upper corner first where that is first in the input, also of a mirrored look; nothing is clipped.
     */
    public static float[] toOriginal(float[] boxes, Origin.Image picture) {
        requireRows(boxes);
        float[] original = new float[boxes.length];
        int firstX = picture.scaleX() < 0 ? 2 : 0;
        int firstY = picture.scaleY() < 0 ? 2 : 0;
        for (int i = 0; i < boxes.length; i += 4) {
            original[i + firstX] = (float) picture.originalX(boxes[i]);
            original[i + firstY + 1] = (float) picture.originalY(boxes[i + 1]);
            original[i + 2 - firstX] = (float) picture.originalX(boxes[i + 2]);
            original[i + 3 - firstY] = (float) picture.originalY(boxes[i + 3]);
        }
        return original;
    }

    private static float intersection(float[] boxes, int a, int b) {
        float width = Math.min(right(boxes, a), right(boxes, b)) - Math.max(left(boxes, a), left(boxes, b));
        float height = Math.min(bottom(boxes, a), bottom(boxes, b)) - Math.max(top(boxes, a), top(boxes, b));
        return width > 0 && height > 0 ? width * height : 0;
    }

    static float left(float[] boxes, int box) {
        return Math.min(boxes[4 * box], boxes[4 * box + 2]);
    }

    static float top(float[] boxes, int box) {
        return Math.min(boxes[4 * box + 1], boxes[4 * box + 3]);
    }

    static float right(float[] boxes, int box) {
        return Math.max(boxes[4 * box], boxes[4 * box + 2]);
    }

    static float bottom(float[] boxes, int box) {
        return Math.max(boxes[4 * box + 1], boxes[4 * box + 3]);
    }

    static void requireRows(float[] boxes) {
        if (boxes.length % 4 != 0) {
            throw new IllegalArgumentException(
                    "Boxes need 4 numbers each; %,d numbers were given".formatted(boxes.length));
        }
    }
}
