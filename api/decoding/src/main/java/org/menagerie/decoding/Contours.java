package org.menagerie.decoding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The borders of a mask's regions, by border following (Suzuki and Abe 1985, algorithm 1); regions are 8-connected. */
public final class Contours {
    /** The eight neighbours clockwise, as seen with y down, from the right. */
    private static final int[] DX = {1, 1, 0, -1, -1, -1, 0, 1};

    private static final int[] DY = {0, 1, 1, 1, 0, -1, -1, -1};

    private final int stride;
    /** The mask within a frame of zeros: 1 inside, 2 on a followed border, -2 on one that has the outside at its right. */
    private final byte[] pixels;

    private int[] points = new int[64];
    private int size;

    /**
     * A closed border through the middles of a region's outermost pixels.
     *
     * @param points x, y, x, y, …: the corners, pixels, with straight runs left out
     * @param hole whether it surrounds a hole in a region, not a region
     */
    public record Contour(int[] points, boolean hole) {
        /** The same points as a polygon for {@link Polygons}. */
        public double[] polygon() {
            return Arrays.stream(points).asDoubleStream().toArray();
        }
    }

    private Contours(boolean[] mask, int height, int width) {
        stride = width + 2;
        pixels = new byte[(height + 2) * stride];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                pixels[(y + 1) * stride + x + 1] = (byte) (mask[y * width + x] ? 1 : 0);
            }
        }
    }

    /** All contours of a mask {@code [height,width]}, regions' and holes', in the scanning order of their first pixels. */
    public static List<Contour> of(boolean[] mask, int height, int width) {
        Regions.requireFit(mask, height, width);
        var search = new Contours(mask, height, width);
        List<Contour> contours = new ArrayList<>();
        for (int y = 1; y <= height; y++) {
            for (int x = 1; x <= width; x++) {
                int at = y * search.stride + x;
                byte pixel = search.pixels[at];
                if (pixel == 1 && search.pixels[at - 1] == 0) {
                    contours.add(search.follow(at, 4, false));
                } else if (pixel >= 1 && search.pixels[at + 1] == 0) {
                    contours.add(search.follow(at, 0, true));
                }
            }
        }
        return contours;
    }

    /** Follows the border that begins at a pixel whose neighbour in a direction is outside. */
    private Contour follow(int start, int outside, boolean hole) {
        size = 0;
        int direction = firstInside(start, outside, 1);
        if (direction < 0) {
            pixels[start] = -2;
            add(start);
            return new Contour(Arrays.copyOf(points, size), hole);
        }
        int last = neighbour(start, direction);
        int at = start;
        int back = direction;
        int heading = -1;
        while (true) {
            int next = firstInside(at, back, -1);
            boolean rightIsOutside = passes(back, next, 0) && pixels[at + 1] == 0;
            if (rightIsOutside) {
                pixels[at] = -2;
            } else if (pixels[at] == 1) {
                pixels[at] = 2;
            }
            if (next != heading) {
                add(at);
                heading = next;
            }
            int to = neighbour(at, next);
            if (to == start && at == last) {
                return new Contour(Arrays.copyOf(points, size), hole);
            }
            back = (next + 4) % 8;
            at = to;
        }
    }

    /** The first direction, turning from the one after {@code from}, whose neighbour is inside; -1 if there is none. */
    private int firstInside(int at, int from, int turn) {
        for (int i = 1; i <= 8; i++) {
            int direction = (from + turn * i + 8) % 8;
            if (pixels[neighbour(at, direction)] != 0) {
                return direction;
            }
        }
        return -1;
    }

    /** Whether turning counter-clockwise from one direction to the next passes over a third. */
    private static boolean passes(int from, int to, int third) {
        int turned = Math.floorMod(from - to - 1, 8) + 1;
        int until = Math.floorMod(from - third - 1, 8) + 1;
        return until < turned;
    }

    private int neighbour(int at, int direction) {
        return at + DY[direction] * stride + DX[direction];
    }

    private void add(int at) {
        if (size + 2 > points.length) {
            points = Arrays.copyOf(points, 2 * points.length);
        }
        points[size++] = at % stride - 1;
        points[size++] = at / stride - 1;
    }
}
