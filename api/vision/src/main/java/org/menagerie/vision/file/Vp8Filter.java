package org.menagerie.vision.file;

/** VP8's loop filters, which smooth the edges of blocks (RFC 6386, section 15). */
final class Vp8Filter {
    private final boolean simple;
    private final int sharpness;

    Vp8Filter(boolean simple, int sharpness) {
        this.simple = simple;
        this.sharpness = sharpness;
    }

    /**
     * Smooths a macroblock's left and upper edges, and those within it.
     *
     * @param level 1 to 63
     * @param inner whether edges within it are smoothed
     */
    void apply(Vp8Plane luma, Vp8Plane[] chroma, int column, int row, int level, boolean inner) {
        int interior = level;
        if (sharpness > 0) {
            interior = Math.min(interior >> (sharpness > 4 ? 2 : 1), 9 - sharpness);
        }
        interior = Math.max(interior, 1);
        int limit = 2 * level + interior;
        int variance = level >= 40 ? 2 : level >= 15 ? 1 : 0;
        for (int direction = 0; direction < 2; direction++) {
            boolean across = direction == 0;
            boolean outer = across ? column > 0 : row > 0;
            if (outer) {
                edge(luma, 16 * column, 16 * row, 16, across, limit + 4, interior, variance, true);
            }
            if (outer && !simple) {
                for (Vp8Plane plane : chroma) {
                    edge(plane, 8 * column, 8 * row, 8, across, limit + 4, interior, variance, true);
                }
            }
            if (!inner) {
                continue;
            }
            for (int at = 4; at < 16; at += 4) {
                int x = 16 * column + (across ? at : 0);
                int y = 16 * row + (across ? 0 : at);
                edge(luma, x, y, 16, across, limit, interior, variance, false);
            }
            for (int plane = 0; plane < 2 && !simple; plane++) {
                int x = 8 * column + (across ? 4 : 0);
                int y = 8 * row + (across ? 0 : 4);
                edge(chroma[plane], x, y, 8, across, limit, interior, variance, false);
            }
        }
    }

    /** Smooths one edge: {@code across} it runs downwards, else to the right. */
    private void edge(
            Vp8Plane plane,
            int x,
            int y,
            int length,
            boolean across,
            int limit,
            int interior,
            int variance,
            boolean outer) {
        int step = across ? 1 : plane.stride;
        int along = across ? plane.stride : 1;
        int at = plane.index(x, y);
        for (int i = 0; i < length; i++, at += along) {
            int p1 = plane.at(at - 2 * step);
            int p0 = plane.at(at - step);
            int q0 = plane.at(at);
            int q1 = plane.at(at + step);
            if (4 * Math.abs(p0 - q0) + Math.abs(p1 - q1) > 2 * limit + 1) {
                continue;
            }
            if (simple) {
                two(plane, at, step, p1, p0, q0, q1);
            } else if (isFlat(plane, at, step, interior, p1, p0, q0, q1)) {
                if (Math.abs(p1 - p0) > variance || Math.abs(q1 - q0) > variance) {
                    two(plane, at, step, p1, p0, q0, q1);
                } else if (outer) {
                    six(plane, at, step, p1, p0, q0, q1);
                } else {
                    four(plane, at, step, p1, p0, q0, q1);
                }
            }
        }
    }

    private static boolean isFlat(Vp8Plane plane, int at, int step, int most, int p1, int p0, int q0, int q1) {
        int p3 = plane.at(at - 4 * step);
        int p2 = plane.at(at - 3 * step);
        int q2 = plane.at(at + 2 * step);
        int q3 = plane.at(at + 3 * step);
        return Math.abs(p3 - p2) <= most
                && Math.abs(p2 - p1) <= most
                && Math.abs(p1 - p0) <= most
                && Math.abs(q3 - q2) <= most
                && Math.abs(q2 - q1) <= most
                && Math.abs(q1 - q0) <= most;
    }

    private static int clip(int value, int least, int most) {
        return Math.min(Math.max(value, least), most);
    }

    private static int signed(int value) {
        return clip(value, -128, 127);
    }

    private static void put(Vp8Plane plane, int at, int value) {
        plane.samples[at] = (byte) Vp8Plane.clip(value);
    }

    private static void two(Vp8Plane plane, int at, int step, int p1, int p0, int q0, int q1) {
        int a = 3 * (q0 - p0) + signed(p1 - q1);
        put(plane, at - step, p0 + clip((a + 3) >> 3, -16, 15));
        put(plane, at, q0 - clip((a + 4) >> 3, -16, 15));
    }

    private static void four(Vp8Plane plane, int at, int step, int p1, int p0, int q0, int q1) {
        int a = 3 * (q0 - p0);
        int a1 = clip((a + 4) >> 3, -16, 15);
        int a2 = clip((a + 3) >> 3, -16, 15);
        int a3 = (a1 + 1) >> 1;
        put(plane, at - 2 * step, p1 + a3);
        put(plane, at - step, p0 + a2);
        put(plane, at, q0 - a1);
        put(plane, at + step, q1 - a3);
    }

    private static void six(Vp8Plane plane, int at, int step, int p1, int p0, int q0, int q1) {
        int p2 = plane.at(at - 3 * step);
        int q2 = plane.at(at + 2 * step);
        int a = signed(3 * (q0 - p0) + signed(p1 - q1));
        int a1 = (27 * a + 63) >> 7;
        int a2 = (18 * a + 63) >> 7;
        int a3 = (9 * a + 63) >> 7;
        put(plane, at - 3 * step, p2 + a3);
        put(plane, at - 2 * step, p1 + a2);
        put(plane, at - step, p0 + a1);
        put(plane, at, q0 - a1);
        put(plane, at + step, q1 - a2);
        put(plane, at + 2 * step, q2 - a3);
    }
}
