package org.menagerie.decoding;

/**
 * A rectangle at any angle, pixels.
 *
 * @param width the side along the angle
 * @param height the side across
 * @param angle of the width's side from the x axis towards y, radians
 */
public record RotatedRectangle(double centreX, double centreY, double width, double height, double angle) {
    /** The four corners as a polygon: x, y, x, y, …, turning from x towards y. */
    public double[] corners() {
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        double[] corners = new double[8];
        for (int i = 0; i < 4; i++) {
            double along = (i == 0 || i == 3 ? -width : width) / 2;
            double across = (i < 2 ? -height : height) / 2;
            corners[2 * i] = centreX + along * cos - across * sin;
            corners[2 * i + 1] = centreY + along * sin + across * cos;
        }
        return corners;
    }

    public double area() {
        return width * height;
    }

    public double shortSide() {
        return Math.min(width, height);
    }

    /** The rectangle with each side moved outwards, or inwards by a negative distance at most to its middle. */
    public RotatedRectangle grown(double distance) {
        return new RotatedRectangle(
                centreX, centreY, Math.max(0, width + 2 * distance), Math.max(0, height + 2 * distance), angle);
    }

    /**
     * The smallest rectangle around points, by rotating calipers on their convex hull (Toussaint 1983): one side lies on
     * an edge of the hull.
     *
     * @param points x, y, x, y, …; at least one point
     */
    public static RotatedRectangle around(double[] points) {
        double[] hull = Polygons.convexHull(points);
        int n = hull.length / 2;
        if (n == 1) {
            return new RotatedRectangle(hull[0], hull[1], 0, 0, 0);
        }
        RotatedRectangle best = null;
        int right = 1;
        int far = 1;
        int left = 1;
        for (int i = 0; i < n; i++) {
            int next = (i + 1) % n;
            double dx = hull[2 * next] - hull[2 * i];
            double dy = hull[2 * next + 1] - hull[2 * i + 1];
            double length = Math.hypot(dx, dy);
            double ux = dx / length;
            double uy = dy / length;
            right = advance(hull, right, ux, uy);
            far = advance(hull, i == 0 ? right : far, -uy, ux);
            left = advance(hull, i == 0 ? far : left, -ux, -uy);
            double from = dot(hull, left, ux, uy);
            double to = dot(hull, right, ux, uy);
            double bottom = dot(hull, i, -uy, ux);
            double top = dot(hull, far, -uy, ux);
            if (best == null || (to - from) * (top - bottom) < best.area()) {
                double along = (from + to) / 2;
                double across = (bottom + top) / 2;
                best = new RotatedRectangle(
                        along * ux - across * uy,
                        along * uy + across * ux,
                        to - from,
                        top - bottom,
                        Math.atan2(uy, ux));
            }
        }
        if (best == null) {
            throw new AssertionError("a hull without edges");
        }
        return best;
    }

    /** From a corner of the hull onwards, the one that lies farthest in a direction. */
    private static int advance(double[] hull, int from, double ux, double uy) {
        int n = hull.length / 2;
        int at = from % n;
        for (int step = 0; step < n; step++) {
            int next = (at + 1) % n;
            if (dot(hull, next, ux, uy) < dot(hull, at, ux, uy)) {
                break;
            }
            at = next;
        }
        return at;
    }

    private static double dot(double[] hull, int i, double ux, double uy) {
        return hull[2 * i] * ux + hull[2 * i + 1] * uy;
    }
}
