package org.menagerie.vision.file;

import java.util.Arrays;

/** What a VP8 key frame's header says (RFC 6386, section 9.2 on). */
final class Vp8Header {
    private static final int SEGMENTS = 4;
    private static final int MOST_STEP = 127;

    private final boolean absolute;
    private final boolean segmented;
    private final int[] segmentQuantizers = new int[SEGMENTS];
    private final int[] segmentLevels = new int[SEGMENTS];
    private final int[] referenceDeltas = new int[4];
    private final int[] modeDeltas = new int[4];
    private final boolean deltas;
    private final int level;
    private final int[][] steps = new int[SEGMENTS][];

    /** Whether each macroblock tells its segment, with which probabilities. */
    final boolean segmentMap;

    final int[] segmentProbabilities = {255, 255, 255};
    final boolean simpleFilter;
    final int sharpness;
    final int partitions;
    final int[] coefficients = Vp8Tables.COEFFICIENTS.clone();
    /** The probability that a macroblock has coefficients; -1 if macroblocks do not tell. */
    final int skipProbability;

    Vp8Header(BoolDecoder in) {
        in.literal(2); // Colour space and clamping: there is one way to decode both.
        segmented = in.flag();
        segmentMap = segmented && in.flag();
        boolean newData = segmented && in.flag();
        absolute = !newData || in.flag();
        if (newData) {
            Arrays.setAll(segmentQuantizers, i -> in.optional(7));
            Arrays.setAll(segmentLevels, i -> in.optional(6));
        }
        if (segmentMap) {
            Arrays.setAll(segmentProbabilities, i -> in.flag() ? in.literal(8) : 255);
        }
        simpleFilter = in.flag();
        level = in.literal(6);
        sharpness = in.literal(3);
        deltas = in.flag();
        if (deltas && in.flag()) {
            Arrays.setAll(referenceDeltas, i -> in.optional(6));
            Arrays.setAll(modeDeltas, i -> in.optional(6));
        }
        partitions = 1 << in.literal(2);
        quantizers(in);
        in.flag(); // Whether probabilities are kept for further frames: there are none.
        for (int i = 0; i < coefficients.length; i++) {
            if (in.bit(Vp8Tables.COEFFICIENT_UPDATES[i]) == 1) {
                coefficients[i] = in.literal(8);
            }
        }
        skipProbability = in.flag() ? in.literal(8) : -1;
    }

    private void quantizers(BoolDecoder in) {
        int base = in.literal(7);
        int[] delta = new int[5];
        Arrays.setAll(delta, i -> in.optional(4));
        for (int segment = 0; segment < SEGMENTS; segment++) {
            int index = !segmented ? base : segmentQuantizers[segment] + (absolute ? 0 : base);
            steps[segment] = new int[] {
                Vp8Tables.DC_STEPS[clip(index + delta[0])],
                Vp8Tables.AC_STEPS[clip(index)],
                Vp8Tables.DC_STEPS[clip(index + delta[1])] * 2,
                Math.max(8, Vp8Tables.AC_STEPS[clip(index + delta[2])] * 155 / 100),
                Math.min(132, Vp8Tables.DC_STEPS[clip(index + delta[3])]),
                Vp8Tables.AC_STEPS[clip(index + delta[4])]
            };
        }
    }

    private static int clip(int index) {
        return Math.min(Math.max(index, 0), MOST_STEP);
    }

    /** A segment's steps of luma, of luma's DC where it is coded apart, and of chroma: DC and AC each. */
    int[] steps(int segment) {
        return steps[segment];
    }

    /** Whether there is a loop filter at all. */
    boolean isFiltered() {
        return level != 0;
    }

    /** How strong the loop filter is, 0 to 63, for macroblocks of a segment with 4x4 modes or one mode. */
    int filterLevel(int segment, boolean small) {
        int wanted = segmented ? segmentLevels[segment] + (absolute ? 0 : level) : level;
        if (deltas) {
            wanted += referenceDeltas[0] + (small ? modeDeltas[0] : 0);
        }
        return Math.min(Math.max(wanted, 0), 63);
    }
}
