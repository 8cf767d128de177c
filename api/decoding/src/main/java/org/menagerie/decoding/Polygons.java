package org.menagerie.decoding;

import java.awt.BasicStroke;
import java.awt.geom.Area;
import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;
import java.util.Arrays;

/** Plane geometry on polygons given as x, y, x, y, …, closed by themselves, turning either way. */
public final class Polygons {
    /** How far the corners of a rounded offset may lie from the true arc, pixels. */
    private static final double FLATNESS = 0.1;

    private Polygons() {}

    /** The enclosed area, 0 or more. */
    public static double area(double[] polygon) {
        return Math.abs(signedArea(polygon));
    }

    /** Half the sum of cross products: positive where the polygon turns from x towards y. */
    static double signedArea(double[] polygon) {
        double sum = 0;
        for (int i = 0, j = polygon.length - 2; i < polygon.length; j = i, i += 2) {
            sum += polygon[j] * polygon[i + 1] - polygon[i] * polygon[j + 1];
        }
        return sum / 2;
    }

    /** The length of the border. */
    public static double perimeter(double[] polygon) {
        double sum = 0;
        for (int i = 0, j = polygon.length - 2; i < polygon.length; j = i, i += 2) {
            sum += Math.hypot(polygon[i] - polygon[j], polygon[i + 1] - polygon[j + 1]);
        }
        return sum;
    }

    /**
     * The smallest convex polygon around points, without collinear corners, turning from x towards y, by Andrew's
     * monotone chain (1979).
     *
     * @throws IllegalArgumentException if there is no point, half a point, or a coordinate is not finite
     */
    public static double[] convexHull(double[] points) {
        int n = points.length / 2;
        if (n == 0 || points.length % 2 != 0) {
            throw new IllegalArgumentException(
                    "Points need x and y each, at least one; %d numbers were given".formatted(points.length));
        }
        Integer[] order = new Integer[n];
        for (int i = 0; i < n; i++) {
            order[i] = i;
            if (!Double.isFinite(points[2 * i]) || !Double.isFinite(points[2 * i + 1])) {
                throw new IllegalArgumentException(
                        "Point %d is (%s, %s); expected finite numbers".formatted(i, points[2 * i], points[2 * i + 1]));
            }
        }
        Arrays.sort(order, (a, b) -> {
            int byX = Double.compare(points[2 * a], points[2 * b]);
            return byX != 0 ? byX : Double.compare(points[2 * a + 1], points[2 * b + 1]);
        });
        double[] hull = new double[4 * n + 4];
        int size = 0;
        for (int pass = 0, bottom = 0; pass < 2; pass++, bottom = Math.max(0, size - 1)) {
            for (int i = 0; i < n; i++) {
                int p = order[pass == 0 ? i : n - 1 - i];
                while (size >= bottom + 2
                        && cross(hull, size - 2, hull, size - 1, points[2 * p], points[2 * p + 1]) <= 0) {
                    size--;
                }
                if (size > bottom && same(hull, size - 1, points[2 * p], points[2 * p + 1])) {
                    continue;
                }
                hull[2 * size] = points[2 * p];
                hull[2 * size + 1] = points[2 * p + 1];
                size++;
            }
        }
        boolean closed = size > 1 && same(hull, size - 1, hull[0], hull[1]);
        return Arrays.copyOf(hull, 2 * (closed ? size - 1 : size));
    }

    private static boolean same(double[] points, int i, double x, double y) {
        return points[2 * i] == x && points[2 * i + 1] == y;
    }

    private static double cross(double[] a, int i, double[] b, int j, double x, double y) {
        return (b[2 * j] - a[2 * i]) * (y - a[2 * i + 1]) - (b[2 * j + 1] - a[2 * i + 1]) * (x - a[2 * i]);
    }

    /** The common part of two convex polygons, by Sutherland and Hodgman (1974); empty if there is none. */
    public static double[] intersection(double[] a, double[] b) {
        double turn = Math.signum(signedArea(b));
        double[] rest = a.clone();
        for (int i = 0, j = b.length - 2; i < b.length && rest.length > 0; j = i, i += 2) {
            rest = clip(rest, b[j], b[j + 1], b[i], b[i + 1], turn);
        }
        return turn == 0 ? new double[0] : rest;
    }

    /** The part of a polygon on the inner side of a line. */
    private static double[] clip(double[] polygon, double x0, double y0, double x1, double y1, double turn) {
        double[] kept = new double[2 * polygon.length];
        int size = 0;
        for (int i = 0, j = polygon.length - 2; i < polygon.length; j = i, i += 2) {
            double before = turn * ((x1 - x0) * (polygon[j + 1] - y0) - (y1 - y0) * (polygon[j] - x0));
            double here = turn * ((x1 - x0) * (polygon[i + 1] - y0) - (y1 - y0) * (polygon[i] - x0));
            if ((before > 0 && here < 0) || (before < 0 && here > 0)) {
                double way = before / (before - here);
                kept[size++] = polygon[j] + way * (polygon[i] - polygon[j]);
                kept[size++] = polygon[j + 1] + way * (polygon[i + 1] - polygon[j + 1]);
            }
            if (here >= 0) {
                kept[size++] = polygon[i];
                kept[size++] = polygon[i + 1];
            }
        }
        return Arrays.copyOf(kept, size);
    }

    /** Intersection over union of two convex polygons, 0 to 1; 0 if one has no area. */
    public static double iou(double[] a, double[] b) {
        double common = area(intersection(a, b));
        double union = area(a) + area(b) - common;
        return common > 0 && union > 0 ? common / union : 0;
    }

    /**
     * The polygon with its border moved outwards by a distance, or inwards by a negative one, with round corners: the
     * "unclip" of text detectors (Vatti 1992). The largest piece where it falls apart; empty if nothing is left. For
     * rectangles {@link RotatedRectangle#grown} is the same without the rounding.
     */
    public static double[] offset(double[] polygon, double distance) {
        Path2D path = new Path2D.Double();
        path.moveTo(polygon[0], polygon[1]);
        for (int i = 2; i < polygon.length; i += 2) {
            path.lineTo(polygon[i], polygon[i + 1]);
        }
        path.closePath();
        var moved = new Area(path);
        if (distance != 0) {
            float breadth = (float) (2 * Math.abs(distance));
            var border = new Area(
                    new BasicStroke(breadth, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND).createStrokedShape(path));
            if (distance > 0) {
                moved.add(border);
            } else {
                moved.subtract(border);
            }
        }
        return largestPiece(moved);
    }

    private static double[] largestPiece(Area area) {
        double[] largest = new double[0];
        double[] piece = new double[64];
        int size = 0;
        double[] point = new double[6];
        for (var i = area.getPathIterator(null, FLATNESS); !i.isDone(); i.next()) {
            int segment = i.currentSegment(point);
            if (segment == PathIterator.SEG_CLOSE) {
                double[] closed = Arrays.copyOf(piece, size);
                if (area(closed) > area(largest)) {
                    largest = closed;
                }
                size = 0;
            } else {
                if (size + 2 > piece.length) {
                    piece = Arrays.copyOf(piece, 2 * piece.length);
                }
                piece[size++] = point[0];
                piece[size++] = point[1];
            }
        }
        return largest;
    }

    /**
     * The mean of a one-channel map over the pixels whose middle lies in or on a polygon; 0 if there is none.
     *
     * <p>Pixel (x, y) has its middle at (x, y), as the points of {@link Contours} have.
     */
    public static double mean(Grid map, double[] polygon) {
        double[] crossings = new double[polygon.length / 2];
        double lowest = Double.POSITIVE_INFINITY;
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = 1; i < polygon.length; i += 2) {
            lowest = Math.min(lowest, polygon[i]);
            highest = Math.max(highest, polygon[i]);
        }
        double sum = 0;
        long count = 0;
        for (int y = (int) Math.max(0, Math.ceil(lowest)); y <= Math.min(map.height() - 1, highest); y++) {
            // The last line counts as just above itself, so that a bottom edge on it is inside as a top edge is.
            int found = crossings(polygon, y == highest ? Math.nextDown((double) y) : y, crossings);
            for (int k = 0; k + 1 < found; k += 2) {
                int from = (int) Math.max(0, Math.ceil(crossings[k] - 1e-9));
                int to = (int) Math.min(map.width() - 1, Math.floor(crossings[k + 1] + 1e-9));
                for (int x = from; x <= to; x++) {
                    sum += map.values()[y * map.width() + x];
                }
                count += Math.max(0, to - from + 1);
            }
        }
        return count == 0 ? 0 : sum / count;
    }

    private static int crossings(double[] polygon, double y, double[] into) {
        int found = 0;
        for (int i = 0, j = polygon.length - 2; i < polygon.length; j = i, i += 2) {
            if (polygon[j + 1] <= y != polygon[i + 1] <= y) {
                double way = (y - polygon[j + 1]) / (polygon[i + 1] - polygon[j + 1]);
                into[found++] = polygon[j] + way * (polygon[i] - polygon[j]);
            }
        }
        Arrays.sort(into, 0, found);
        return found;
    }
}
