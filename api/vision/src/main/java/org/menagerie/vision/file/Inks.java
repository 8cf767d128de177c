package org.menagerie.vision.file;

/**
 * Inks and luma with chroma to red, green and blue, in the integers of PIL and libjpeg. Colour profiles are not used.
 */
final class Inks {
    private static final int HALF = 1 << 15;
    private static final int CR_TO_RED = 91_881;
    private static final int CB_TO_GREEN = -22_554;
    private static final int CR_TO_GREEN = -46_802;
    private static final int CB_TO_BLUE = 116_130;

    private Inks() {}

    /** The light that an ink and black leave; 255 is all of the ink, and all of the light that black leaves. */
    static byte light(int ink, int beforeInk) {
        int product = ink * beforeInk + 128;
        return (byte) (beforeInk - (((product >> 8) + product) >> 8));
    }

    static int red(int luma, int cr) {
        return clip(luma + ((CR_TO_RED * (cr - 128) + HALF) >> 16));
    }

    static int green(int luma, int cb, int cr) {
        return clip(luma + ((CB_TO_GREEN * (cb - 128) + CR_TO_GREEN * (cr - 128) + HALF) >> 16));
    }

    static int blue(int luma, int cb) {
        return clip(luma + ((CB_TO_BLUE * (cb - 128) + HALF) >> 16));
    }

    /** Luma and chroma, three samples from an index on, become red, green and blue in place. */
    static void toRgb(byte[] samples, int at) {
        int luma = samples[at] & 0xFF;
        int cb = samples[at + 1] & 0xFF;
        int cr = samples[at + 2] & 0xFF;
        samples[at] = (byte) red(luma, cr);
        samples[at + 1] = (byte) green(luma, cb, cr);
        samples[at + 2] = (byte) blue(luma, cb);
    }

    private static int clip(int sample) {
        return Math.min(Math.max(sample, 0), 255);
    }
}
