package org.menagerie.vision;

/**
 * Cubic interpolation along one axis as OpenCV's {@code INTER_CUBIC} does it: for each resized pixel four original ones, the
 * edge pixel repeated, and weights of {@value #BITS} fractional bits. Sums along x stay whole numbers and are mixed along y in
 * single precision, so that there is one rounding and one clip, at the end, and resized bytes equal OpenCV's.
 *
 * @param first the first of the four original pixels, which may lie beyond the edge
 * @param weights four for each resized pixel
 */
record CubicTaps(int size, int[] first, int[] weights) {
    static final int COUNT = 4;
    private static final int BITS = 11;
    private static final float SHARPNESS = -0.75f;
    private static final float SCALE = 1f / (1 << (2 * BITS));

    static CubicTaps of(int size, int resized, int from, int wanted) {
        CubicTaps taps = new CubicTaps(size, new int[wanted], new int[wanted * COUNT]);
        double scale = (double) size / resized;
        for (int i = 0; i < wanted; i++) {
            float center = (float) ((from + i + 0.5) * scale - 0.5);
            int below = (int) Math.floor(center);
            float[] shares = shares(center - below);
            taps.first[i] = below - 1;
            for (int k = 0; k < COUNT; k++) {
                taps.weights[i * COUNT + k] = (int) Math.rint(shares[k] * (1 << BITS));
            }
        }
        return taps;
    }

    /** Returns the weights of four pixels for a place between the second and the third. */
    static float[] shares(float x) {
        float[] shares = {far(x + 1), near(x), near(1 - x), 0};
        shares[3] = 1 - shares[0] - shares[1] - shares[2];
        return shares;
    }

    private static float near(float x) {
        return ((SHARPNESS + 2) * x - (SHARPNESS + 3)) * x * x + 1;
    }

    private static float far(float x) {
        return ((SHARPNESS * x - 5 * SHARPNESS) * x + 8 * SHARPNESS) * x - 4 * SHARPNESS;
    }

    /** The original pixel of a tap, within the edges. */
    int pixel(int i, int tap) {
        return Math.min(Math.max(first[i] + tap, 0), size - 1);
    }

    /** The same as weights of different pixels; those of the edge are added up. */
    Taps merged() {
        int wanted = first.length;
        Taps taps = new Taps(new int[wanted], new int[wanted], new int[wanted * COUNT], COUNT);
        for (int i = 0; i < wanted; i++) {
            taps.first()[i] = pixel(i, 0);
            taps.count()[i] = pixel(i, COUNT - 1) - pixel(i, 0) + 1;
            for (int k = 0; k < COUNT; k++) {
                taps.weights()[i * COUNT + pixel(i, k) - pixel(i, 0)] += weights[i * COUNT + k];
            }
        }
        return taps;
    }

    /**
     * Mixes four rows of sums.
     *
     * @param rows the sums along x, by the row's number modulo their count
     * @param into samples of 0 to 255
     */
    void mix(int i, int[][] rows, int[] into) {
        int[] a = rows[pixel(i, 0) % rows.length];
        int[] b = rows[pixel(i, 1) % rows.length];
        int[] c = rows[pixel(i, 2) % rows.length];
        int[] d = rows[pixel(i, 3) % rows.length];
        float wa = weights[i * COUNT] * SCALE;
        float wb = weights[i * COUNT + 1] * SCALE;
        float wc = weights[i * COUNT + 2] * SCALE;
        float wd = weights[i * COUNT + 3] * SCALE;
        for (int x = 0; x < into.length; x++) {
            float sum = a[x] * wa + (b[x] * wb + (c[x] * wc + d[x] * wd));
            into[x] = Math.min(Math.max((int) Math.rint(sum), 0), 255);
        }
    }
}
