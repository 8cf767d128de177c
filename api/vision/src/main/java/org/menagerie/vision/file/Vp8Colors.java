package org.menagerie.vision.file;

/**
 * Luma and halved chroma to red, green and blue, in libwebp's integers: chroma is interpolated between the four nearest
 * samples, nine to three to three to one.
 */
final class Vp8Colors {
    private final Vp8Plane luma;
    private final Vp8Plane[] chroma;
    private final int width;
    private final int height;

    Vp8Colors(Vp8Plane luma, Vp8Plane u, Vp8Plane v, int width, int height) {
        this.luma = luma;
        this.chroma = new Vp8Plane[] {u, v};
        this.width = width;
        this.height = height;
    }

    byte[] rgb() {
        byte[] rgb = Samples.room(width, height, 3);
        int[][] rows = new int[2][width];
        int last = (height - 1) / 2;
        for (int y = 0, to = 0; y < height; y++) {
            int near = Math.min(y / 2, last);
            int far = y % 2 == 0 ? near - 1 : near + 1;
            // Mirrored at the upper edge, and at the lower of an even height.
            far = far < 0 || far > last ? near : far;
            for (int plane = 0; plane < 2; plane++) {
                interpolate(chroma[plane], near, far, rows[plane]);
            }
            int at = luma.index(0, y);
            for (int x = 0; x < width; x++, to += 3) {
                int scaled = (luma.at(at + x) * 19_077) >> 8;
                int u = rows[0][x];
                int v = rows[1][x];
                rgb[to] = clip(scaled + ((v * 26_149) >> 8) - 14_234);
                rgb[to + 1] = clip(scaled - ((u * 6_419) >> 8) - ((v * 13_320) >> 8) + 8_708);
                rgb[to + 2] = clip(scaled + ((u * 33_050) >> 8) - 17_685);
            }
        }
        return rgb;
    }

    /** A row between two rows of chroma, three quarters of it the nearer one. */
    private void interpolate(Vp8Plane plane, int near, int far, int[] into) {
        int nearRow = plane.index(0, near);
        int farRow = plane.index(0, far);
        into[0] = (3 * plane.at(nearRow) + plane.at(farRow) + 2) >> 2;
        int pairs = (width - 1) / 2;
        for (int x = 1; x <= pairs; x++) {
            int a = plane.at(nearRow + x - 1);
            int b = plane.at(nearRow + x);
            int c = plane.at(farRow + x - 1);
            int d = plane.at(farRow + x);
            int sum = a + b + c + d + 8;
            int falling = (sum + 2 * (b + c)) >> 3;
            int rising = (sum + 2 * (a + d)) >> 3;
            into[2 * x - 1] = (falling + a) >> 1;
            into[2 * x] = (rising + b) >> 1;
        }
        if (width % 2 == 0) {
            into[width - 1] = (3 * plane.at(nearRow + pairs) + plane.at(farRow + pairs) + 2) >> 2;
        }
    }

    private static byte clip(int value) {
        return (byte) (value < 0 ? 0 : Math.min(value >> 6, 255));
    }
}
