package org.menagerie.training.metrics;

/** A rectangle in pixels of its image, from the top left corner; its width is right − left. */
public record Box(double left, double top, double right, double bottom) {
    public Box {
        if (!(left <= right && top <= bottom)) {
            throw new IllegalArgumentException("A box has left ≤ right and top ≤ bottom; found (%s, %s, %s, %s)"
                    .formatted(left, top, right, bottom));
        }
    }

    /** The area, square pixels. */
    public double area() {
        return (right - left) * (bottom - top);
    }

    /** The area shared with another box. */
    public double intersection(Box other) {
        double width = Math.min(right, other.right) - Math.max(left, other.left);
        double height = Math.min(bottom, other.bottom) - Math.max(top, other.top);
        return width <= 0 || height <= 0 ? 0 : width * height;
    }

    /** Intersection over union, 0 to 1; 0 for two empty boxes. */
    public double iou(Box other) {
        double shared = intersection(other);
        return shared == 0 ? 0 : shared / (area() + other.area() - shared);
    }
}
