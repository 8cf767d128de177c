package org.menagerie.plugin.mlsd;

import java.util.List;
import java.util.Locale;

/**
 * The straight line segments in a picture.
 *
 * @param segments the most certain first
 */
public record LineSegments(List<Segment> segments) {
    public LineSegments {
        segments = List.copyOf(segments);
    }

    /**
     * A line segment; its ends are in pixels of the picture and may lie a little outside of it.
     *
     * @param x1 of the first end, from the left edge
     * @param y1 of the first end, from the top edge
     * @param x2 of the second end
     * @param y2 of the second end
     * @param score how certain the network is, 0 to 1
     */
    public record Segment(double x1, double y1, double x2, double y2, double score) {
        /** The length in pixels. */
        public double length() {
            return Math.hypot(x2 - x1, y2 - y1);
        }

        /** For example {@code 0.9769  (-0, 108) - (154, 1)}. */
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.4f  (%.0f, %.0f) - (%.0f, %.0f)", score, x1, y1, x2, y2);
        }
    }
}
