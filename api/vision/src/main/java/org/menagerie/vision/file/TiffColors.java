package org.menagerie.vision.file;

import org.jspecify.annotations.Nullable;

/** What the samples of a TIFF file's pixels mean, as 8-bit gray or RGB, with alpha where one of them is. */
final class TiffColors {
    private static final int WHITE_IS_ZERO = 0;
    private static final int BLACK_IS_ZERO = 1;
    private static final int RGB = 2;
    private static final int PALETTE = 3;
    private static final int INKS = 5;
    private static final int YCBCR = 6;
    private static final int COLOR_MAP = 320;
    private static final int INK_SET = 332;
    private static final int EXTRA_SAMPLES = 338;

    private final int photometric;
    private final int bits;
    /** The sample that is alpha, or -1. */
    private final int alpha;

    private final boolean premultiplied;
    private final byte @Nullable [] palette;

    private TiffColors(int photometric, int bits, int alpha, boolean premultiplied, byte @Nullable [] palette) {
        this.photometric = photometric;
        this.bits = bits;
        this.alpha = alpha;
        this.premultiplied = premultiplied;
        this.palette = palette;
    }

    static TiffColors of(TiffTags tags, TiffLayout layout, String name) {
        int colors = switch (layout.photometric()) {
            case WHITE_IS_ZERO, BLACK_IS_ZERO, PALETTE -> 1;
            case RGB, YCBCR -> 3;
            case INKS -> 4;
            case 8, 9, 10 -> throw TiffLayout.unread(name, "CIE L*a*b* colours");
            default -> throw TiffLayout.unread(name, "photometric interpretation " + layout.photometric());
        };
        if (layout.photometric() == INKS && tags.value(INK_SET, 1) != 1) {
            throw TiffLayout.unread(name, "inks other than cyan, magenta, yellow and black");
        }
        if (layout.samples() < colors) {
            throw TiffLayout.unread(name, "%d samples a pixel where %d are needed".formatted(layout.samples(), colors));
        }
        int alpha = -1;
        int kind = 0;
        long[] extra = tags.values(EXTRA_SAMPLES);
        for (int i = 0; i < extra.length && alpha < 0 && colors + i < layout.samples(); i++) {
            if (extra[i] == 1 || extra[i] == 2) {
                alpha = colors + i;
                kind = (int) extra[i];
            }
        }
        if (!tags.has(EXTRA_SAMPLES) && layout.photometric() == RGB && layout.samples() == 4) {
            // PIL takes an undeclared fourth sample for alpha.
            alpha = 3;
            kind = 2;
        }
        byte[] palette = layout.photometric() == PALETTE ? palette(tags, layout, name) : null;
        return new TiffColors(layout.photometric(), layout.floating() ? 8 : layout.bits(), alpha, kind == 1, palette);
    }

    /** Interleaved; 16-bit entries keep their high byte, unless none has one. */
    private static byte[] palette(TiffTags tags, TiffLayout layout, String name) {
        long[] map = tags.values(COLOR_MAP);
        int entries = layout.bits() > 16 ? 0 : 1 << layout.bits();
        if (entries == 0 || layout.floating() || map.length < 3 * entries) {
            throw TiffLayout.unread(name, "a palette of %d values".formatted(map.length));
        }
        int shift = 0;
        for (long value : map) {
            shift = value > 255 ? 8 : shift;
        }
        byte[] palette = new byte[3 * entries];
        for (int i = 0; i < entries; i++) {
            for (int c = 0; c < 3; c++) {
                palette[3 * i + c] = (byte) (map[c * entries + i] >> shift);
            }
        }
        return palette;
    }

    /** Of the pixels that are written. */
    int bands() {
        return (photometric <= BLACK_IS_ZERO ? 1 : 3) + (alpha < 0 ? 0 : 1);
    }

    /** Writes a pixel. */
    void write(int[] samples, int from, byte[] pixels, int to) {
        switch (photometric) {
            case WHITE_IS_ZERO -> pixels[to] = (byte) (255 - eight(samples[from]));
            case BLACK_IS_ZERO -> pixels[to] = (byte) eight(samples[from]);
            case PALETTE -> {
                if (palette != null) {
                    System.arraycopy(palette, 3 * samples[from], pixels, to, 3);
                }
            }
            case INKS -> {
                int left = 255 - eight(samples[from + 3]);
                for (int c = 0; c < 3; c++) {
                    pixels[to + c] = Inks.light(eight(samples[from + c]), left);
                }
            }
            default -> {
                for (int c = 0; c < 3; c++) {
                    pixels[to + c] = (byte) eight(samples[from + c]);
                }
                if (photometric == YCBCR) {
                    Inks.toRgb(pixels, to);
                }
            }
        }
        if (alpha >= 0) {
            alpha(eight(samples[from + alpha]), pixels, to);
        }
    }

    private void alpha(int value, byte[] pixels, int to) {
        int last = bands() - 1;
        pixels[to + last] = (byte) value;
        if (premultiplied && value != 0 && value != 255) {
            for (int c = 0; c < last; c++) {
                pixels[to + c] = (byte) Math.min(255, 255 * (pixels[to + c] & 0xFF) / value);
            }
        }
    }

    private int eight(int sample) {
        if (bits == 8) {
            return sample;
        }
        return bits < 8 ? sample * 255 / ((1 << bits) - 1) : sample >>> (bits - 8);
    }
}
