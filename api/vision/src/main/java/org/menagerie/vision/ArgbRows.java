package org.menagerie.vision;

/** Rows of pictures that store or compute packed ARGB. */
final class ArgbRows implements PixelRows {
    private final Argb source;
    private final boolean gray;
    private final int background;
    private int[] row = new int[0];

    ArgbRows(Argb source, boolean gray, int background) {
        this.source = source;
        this.gray = gray;
        this.background = background;
    }

    @Override
    public void read(int y, int x, int count, byte[] into) {
        if (row.length < count) {
            row = new int[count];
        }
        source.read(y, x, count, row);
        for (int i = 0, at = 0; i < count; i++) {
            int pixel = row[i];
            int alpha = pixel >>> 24;
            int r = (pixel >> 16) & 0xFF;
            int g = (pixel >> 8) & 0xFF;
            int b = pixel & 0xFF;
            if (alpha != 255) {
                r = Luma.over(r, alpha, (background >> 16) & 0xFF);
                g = Luma.over(g, alpha, (background >> 8) & 0xFF);
                b = Luma.over(b, alpha, background & 0xFF);
            }
            if (gray) {
                into[i] = Luma.of(r, g, b);
            } else {
                into[at++] = (byte) r;
                into[at++] = (byte) g;
                into[at++] = (byte) b;
            }
        }
    }
}
