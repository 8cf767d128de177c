package org.menagerie.vision;

/** Integer colour arithmetic that gives PIL's bytes. */
final class Luma {
    private Luma() {}

    /** ITU-R 601 luma in 16 fractional bits. */
    static byte of(int r, int g, int b) {
        return (byte) ((r * 19595 + g * 38470 + b * 7471 + 0x8000) >> 16);
    }

    /** A sample over a background's, rounded. */
    static int over(int sample, int alpha, int background) {
        return (sample * alpha + background * (255 - alpha) + 127) / 255;
    }
}
