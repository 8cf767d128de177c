package org.menagerie.vision.file;

import java.util.Arrays;

/** What is told of a macroblock before its coefficients: segment, modes (RFC 6386, sections 9.3, 11). */
final class Vp8Modes {
    /** The tree of 4x4 modes: an inner node's children, negative for modes less one. */
    private static final int[] SMALL_MODES = {-1, 2, -2, 4, -3, 6, 8, 12, -4, 10, -6, -7, -5, 14, -8, 16, -9, -10};

    private final Vp8Header header;
    /** The modes of the lowest 4x4 blocks of the macroblocks above, and then of all of the current one. */
    private final int[][] above;

    private final int[] left = new int[4];
    private final int[] current = new int[16];

    int segment;
    boolean skipped;
    int luma;
    int chroma;

    Vp8Modes(Vp8Header header, int columns) {
        this.header = header;
        this.above = new int[columns][4];
    }

    void startRow() {
        Arrays.fill(left, Vp8Prediction.DC);
    }

    void read(BoolDecoder in, int column) {
        if (header.segmentMap) {
            int[] probabilities = header.segmentProbabilities;
            segment = in.bit(probabilities[0]) == 0 ? in.bit(probabilities[1]) : 2 + in.bit(probabilities[2]);
        }
        skipped = header.skipProbability >= 0 && in.bit(header.skipProbability) == 1;
        luma = luma(in);
        int[] top = above[column];
        if (luma == Vp8Prediction.SMALL_BLOCKS) {
            for (int block = 0; block < 16; block++) {
                int x = block % 4;
                int y = block / 4;
                int mode = small(in, (top[x] * 10 + left[y]) * 9);
                current[block] = mode;
                top[x] = mode;
                left[y] = mode;
            }
        } else {
            Arrays.fill(top, luma);
            Arrays.fill(left, luma);
        }
        chroma = in.bit(142) == 0
                ? Vp8Prediction.DC
                : in.bit(114) == 0
                        ? Vp8Prediction.VERTICAL
                        : in.bit(183) == 0 ? Vp8Prediction.HORIZONTAL : Vp8Prediction.TRUE_MOTION;
    }

    private static int luma(BoolDecoder in) {
        if (in.bit(145) == 0) {
            return Vp8Prediction.SMALL_BLOCKS;
        }
        if (in.bit(156) == 0) {
            return in.bit(163) == 0 ? Vp8Prediction.DC : Vp8Prediction.VERTICAL;
        }
        return in.bit(128) == 0 ? Vp8Prediction.HORIZONTAL : Vp8Prediction.TRUE_MOTION;
    }

    private static int small(BoolDecoder in, int probabilities) {
        int node = 0;
        do {
            node = SMALL_MODES[node + in.bit(Vp8Tables.MODES[probabilities + (node >> 1)])];
        } while (node > 0);
        return -node - 1;
    }

    /** The mode of one of the current macroblock's 4x4 blocks. */
    int small(int block) {
        return current[block];
    }
}
