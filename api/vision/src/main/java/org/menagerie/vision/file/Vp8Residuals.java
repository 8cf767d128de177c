package org.menagerie.vision.file;

/** The coefficients of a macroblock (RFC 6386, section 13): 16 blocks of luma, 4 of each chroma. */
final class Vp8Residuals {
    private static final int[] ZIGZAG = {0, 1, 4, 8, 5, 2, 3, 6, 9, 12, 13, 10, 7, 11, 14, 15};
    private static final int[] BANDS = {0, 1, 2, 3, 6, 4, 5, 6, 6, 6, 6, 6, 6, 6, 6, 7, 0};
    private static final int[][] LARGE = {
        {173, 148, 140},
        {176, 155, 140, 135},
        {180, 157, 141, 134, 130},
        {254, 254, 243, 230, 196, 177, 153, 140, 133, 130, 129}
    };
    private static final int LUMA_WITHOUT_DC = 0;
    private static final int LUMA_DC = 1;
    private static final int CHROMA = 2;
    private static final int LUMA = 3;
    private static final int BLOCKS = 24;

    private final int[] probabilities;
    /** Whether neighbours had coefficients: per column of blocks 4 of luma, 2 and 2 of chroma, 1 of luma's DC. */
    private final int[][] above;

    private final int[] left = new int[9];

    /** Of all blocks, dequantized. */
    final int[] coefficients = new int[BLOCKS * 16];

    Vp8Residuals(int[] probabilities, int columns) {
        this.probabilities = probabilities;
        this.above = new int[columns][9];
    }

    void startRow() {
        java.util.Arrays.fill(left, 0);
    }

    /** A macroblock without coefficients. */
    void skip(int column, boolean small) {
        int kept = small ? 9 : 8;
        int[] top = above[column];
        int leftDc = left[8];
        int topDc = top[8];
        java.util.Arrays.fill(left, 0);
        java.util.Arrays.fill(top, 0);
        if (kept == 9) {
            left[8] = leftDc;
            top[8] = topDc;
        }
    }

    /**
     * Reads a macroblock's coefficients.
     *
     * @param small whether its 4x4 blocks have their own modes, and so their own DC
     * @param steps of the quantizer
     * @return whether any is not zero
     */
    boolean read(BoolDecoder in, int column, boolean small, int[] steps) {
        java.util.Arrays.fill(coefficients, 0);
        int[] top = above[column];
        boolean any = false;
        if (!small) {
            int[] dc = new int[16];
            boolean coded = block(in, LUMA_DC, left[8] + top[8], 0, steps[2], steps[3], dc, 0) > 0;
            left[8] = coded ? 1 : 0;
            top[8] = left[8];
            spread(dc);
        }
        int first = small ? 0 : 1;
        for (int block = 0; block < 16; block++) {
            int x = block % 4;
            int y = block / 4;
            int type = small ? LUMA : LUMA_WITHOUT_DC;
            int end = block(in, type, left[y] + top[x], first, steps[0], steps[1], coefficients, block * 16);
            left[y] = end > first ? 1 : 0;
            top[x] = left[y];
            any |= end > 1 || coefficients[block * 16] != 0;
        }
        for (int block = 16; block < BLOCKS; block++) {
            int plane = block < 20 ? 4 : 6;
            int x = plane + block % 2;
            int y = plane + block / 2 % 2;
            int end = block(in, CHROMA, left[y] + top[x], 0, steps[4], steps[5], coefficients, block * 16);
            left[y] = end > 0 ? 1 : 0;
            top[x] = left[y];
            any |= end > 1 || coefficients[block * 16] != 0;
        }
        return any;
    }

    /** The inverse Walsh-Hadamard transform gives the luma blocks their DC (section 14.3). */
    private void spread(int[] dc) {
        int[] turned = new int[16];
        for (int i = 0; i < 4; i++) {
            int a = dc[i] + dc[12 + i];
            int b = dc[4 + i] + dc[8 + i];
            int c = dc[4 + i] - dc[8 + i];
            int d = dc[i] - dc[12 + i];
            turned[i] = a + b;
            turned[8 + i] = a - b;
            turned[4 + i] = d + c;
            turned[12 + i] = d - c;
        }
        for (int i = 0; i < 4; i++) {
            int rounded = turned[4 * i] + 3;
            int a = rounded + turned[4 * i + 3];
            int b = turned[4 * i + 1] + turned[4 * i + 2];
            int c = turned[4 * i + 1] - turned[4 * i + 2];
            int d = rounded - turned[4 * i + 3];
            coefficients[64 * i] = (a + b) >> 3;
            coefficients[64 * i + 16] = (d + c) >> 3;
            coefficients[64 * i + 32] = (a - b) >> 3;
            coefficients[64 * i + 48] = (d - c) >> 3;
        }
    }

    /** Reads a block; the place after its last coefficient. */
    private int block(BoolDecoder in, int type, int context, int first, int dcStep, int acStep, int[] into, int from) {
        int at = place(type, first, context);
        int n = first;
        while (n < 16) {
            if (in.bit(probabilities[at]) == 0) {
                return n;
            }
            while (in.bit(probabilities[at + 1]) == 0) {
                n++;
                if (n == 16) {
                    return 16;
                }
                at = place(type, n, 0);
            }
            int value = 1;
            if (in.bit(probabilities[at + 2]) == 1) {
                value = large(in, at);
            }
            at = place(type, n + 1, value == 1 ? 1 : 2);
            into[from + ZIGZAG[n]] = (in.flag() ? -value : value) * (n == 0 ? dcStep : acStep);
            n++;
        }
        return 16;
    }

    private static int place(int type, int n, int context) {
        return ((type * 8 + BANDS[n]) * 3 + context) * 11;
    }

    private int large(BoolDecoder in, int at) {
        if (in.bit(probabilities[at + 3]) == 0) {
            return in.bit(probabilities[at + 4]) == 0 ? 2 : 3 + in.bit(probabilities[at + 5]);
        }
        if (in.bit(probabilities[at + 6]) == 0) {
            if (in.bit(probabilities[at + 7]) == 0) {
                return 5 + in.bit(159);
            }
            int high = in.bit(165);
            return 7 + 2 * high + in.bit(145);
        }
        int high = in.bit(probabilities[at + 8]);
        int category = 2 * high + in.bit(probabilities[at + 9 + high]);
        int value = 0;
        for (int probability : LARGE[category]) {
            value = 2 * value + in.bit(probability);
        }
        return value + 3 + (8 << category);
    }
}
