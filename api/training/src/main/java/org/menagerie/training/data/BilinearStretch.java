package org.menagerie.training.data;

/** Stretches planes of one size to another: bilinear, with half-pixel centres. */
final class BilinearStretch {
    private final int fromWidth;
    private final int toWidth;
    private final int toHeight;
    private final Taps rows;
    private final Taps columns;

    BilinearStretch(int fromHeight, int fromWidth, int toHeight, int toWidth) {
        this.fromWidth = fromWidth;
        this.toWidth = toWidth;
        this.toHeight = toHeight;
        this.rows = Taps.of(fromHeight, toHeight);
        this.columns = Taps.of(fromWidth, toWidth);
    }

    /** @param target is overwritten */
    void apply(float[] source, float[] target) {
        for (int y = 0; y < toHeight; y++) {
            int upper = rows.first()[y] * fromWidth;
            int lower = rows.second()[y] * fromWidth;
            float down = rows.weight()[y];
            for (int x = 0; x < toWidth; x++) {
                int left = columns.first()[x];
                int right = columns.second()[x];
                float across = columns.weight()[x];
                float above = source[upper + left] + across * (source[upper + right] - source[upper + left]);
                float below = source[lower + left] + across * (source[lower + right] - source[lower + left]);
                target[y * toWidth + x] = above + down * (below - above);
            }
        }
    }

    /** For each element along an axis, the two source elements that it lies between and the second one's weight. */
    private record Taps(int[] first, int[] second, float[] weight) {
        static Taps of(int from, int to) {
            Taps taps = new Taps(new int[to], new int[to], new float[to]);
            for (int i = 0; i < to; i++) {
                double position = Math.max(0, (i + 0.5) * from / to - 0.5);
                int below = Math.min((int) position, from - 1);
                taps.first[i] = below;
                taps.second[i] = Math.min(below + 1, from - 1);
                taps.weight[i] = (float) (position - below);
            }
            return taps;
        }
    }
}
