package org.menagerie.vision.file;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.menagerie.spi.InvalidInputException;

/**
 * TIFF files of whole or floating-point samples in strips or tiles: bilevel, gray, palette, RGB, CMYK, and YCbCr without
 * subsampling or in JPEG. Fax compressions and subsampled YCbCr stay with ImageIO.
 *
 * <p>Of wide samples the high byte is taken, and floating-point samples are 0 to 1. Of extra samples one is alpha if the
 * file says so; the others are left out.
 */
final class TiffFile {
    private static final int YCBCR = 6;
    private static final int SUBSAMPLING = 530;
    private static final int FILL_ORDER = 266;

    private final byte[] file;
    private final String name;
    private final TiffTags tags;
    private final TiffLayout layout;

    TiffFile(byte[] file, String name) {
        this.file = file;
        this.name = name;
        this.tags = TiffTags.of(ByteBuffer.wrap(file));
        this.layout = TiffLayout.of(tags, name);
    }

    int width() {
        return layout.width();
    }

    int height() {
        return layout.height();
    }

    /** Whether this class reads the file, and not ImageIO. */
    boolean isKnown() {
        return TiffBlocks.knows(layout.compression())
                && (layout.photometric() != YCBCR
                        || TiffBlocks.isJpeg(layout.compression())
                        || Arrays.equals(tags.values(SUBSAMPLING), new long[] {1, 1}));
    }

    BufferedImage image() throws IOException {
        TiffColors colors = TiffColors.of(tags, layout, name);
        checkLength();
        byte[] pixels = Samples.room(layout.width(), layout.height(), colors.bands());
        TiffBlocks blocks = new TiffBlocks(tags, layout.compression(), name);
        int planes = layout.planar() ? layout.samples() : 1;
        int perPlane = Math.multiplyExact(layout.across(), layout.down());
        if (layout.offsets().length < (long) planes * perPlane || layout.counts().length < (long) planes * perPlane) {
            throw new InvalidInputException("%s is a damaged TIFF file: it lists %d of %d parts"
                    .formatted(
                            name, Math.min(layout.offsets().length, layout.counts().length), (long) planes * perPlane));
        }
        int[] samples = new int[Math.multiplyExact(layout.blockWidth(), layout.samples())];
        for (int block = 0; block < perPlane; block++) {
            byte[][] parts = new byte[planes][];
            for (int plane = 0; plane < planes; plane++) {
                parts[plane] = part(blocks, block, plane * perPlane + block);
            }
            int left = block % layout.across() * layout.blockWidth();
            int top = block / layout.across() * layout.blockHeight();
            int wide = Math.min(layout.blockWidth(), layout.width() - left);
            int high = Math.min(layout.blockHeight(), layout.height() - top);
            for (int y = 0; y < high; y++) {
                for (int plane = 0; plane < planes; plane++) {
                    row(parts[plane], y, samples, plane);
                }
                int to = ((top + y) * layout.width() + left) * colors.bands();
                for (int x = 0; x < wide; x++, to += colors.bands()) {
                    colors.write(samples, x * layout.samples(), pixels, to);
                }
            }
        }
        return Samples.image(pixels, layout.width(), layout.height(), colors.bands());
    }

    /** Refuses a picture that its file is too short for, before its pixels are allocated. */
    private void checkLength() {
        long stored = 0;
        for (long count : layout.counts()) {
            stored += Math.min(count, file.length);
        }
        long raw = layout.bytesARow() * layout.height();
        if (raw > TiffBlocks.mostBytes(layout.compression(), stored)
                || layout.bytesARow() > TiffBlocks.mostBytes(layout.compression(), file.length)) {
            throw new InvalidInputException(
                    "%s is a truncated or damaged TIFF file: it has %,d bytes for %dx%d pixels; fetch it again"
                            .formatted(name, stored, width(), height()));
        }
    }

    private byte[] part(TiffBlocks blocks, int block, int index) throws IOException {
        long offset = layout.offsets()[index];
        long count = Math.min(layout.counts()[index], file.length - offset);
        if (offset > file.length || count < 0) {
            count = 0;
            offset = 0;
        }
        byte[] stored = Arrays.copyOfRange(file, (int) offset, (int) (offset + count));
        if (tags.value(FILL_ORDER, 1) == 2 && !TiffBlocks.isJpeg(layout.compression())) {
            for (int i = 0; i < stored.length; i++) {
                stored[i] = (byte) (Integer.reverse(stored[i]) >>> 24);
            }
        }
        return blocks.decode(stored, layout.rows(block / layout.across()) * layout.bytesARow());
    }

    /**
     * Unpacks a row of a block.
     *
     * @param first which sample of a pixel the block begins with
     */
    private void row(byte[] block, int y, int[] samples, int first) {
        int each = layout.samplesABlock();
        int count = layout.blockWidth() * each;
        int stride = layout.planar() ? layout.samples() : 1;
        int start = (int) (y * layout.bytesARow());
        ByteBuffer bytes = ByteBuffer.wrap(block).order(order());
        int mask = layout.bits() == 32 ? -1 : (1 << layout.bits()) - 1;
        boolean differences = layout.predictor() == 2 && !TiffBlocks.isJpeg(layout.compression());
        for (int i = 0, to = first; i < count; i++, to += stride) {
            int sample = layout.floating() ? floating(bytes, start, i) : whole(bytes, start, i);
            samples[to] = differences && i >= each ? (sample + samples[to - each * stride]) & mask : sample;
        }
    }

    private ByteOrder order() {
        return tags.order();
    }

    private int whole(ByteBuffer bytes, int start, int i) {
        return switch (layout.bits()) {
            case 8 -> bytes.get(start + i) & 0xFF;
            case 16 -> bytes.getShort(start + 2 * i) & 0xFFFF;
            case 32 -> bytes.getInt(start + 4 * i);
            default -> packed(bytes, 8L * start + (long) i * layout.bits());
        };
    }

    private int packed(ByteBuffer bytes, long bit) {
        int sample = 0;
        for (long b = bit; b < bit + layout.bits(); b++) {
            sample = (sample << 1) | ((bytes.get((int) (b >> 3)) >> (7 - (int) (b & 7))) & 1);
        }
        return sample;
    }

    /** As 0 to 255. */
    private int floating(ByteBuffer bytes, int start, int i) {
        double value = switch (layout.bits()) {
            case 16 -> half(bytes.getShort(start + 2 * i));
            case 32 -> bytes.getFloat(start + 4 * i);
            default -> bytes.getDouble(start + 8 * i);
        };
        return (int) Math.min(Math.max(value * 255 + 0.5, 0), 255);
    }

    private static double half(short bits) {
        int exponent = bits >> 10 & 31;
        int fraction = bits & 0x3FF;
        double size = exponent == 0 ? fraction * 0x1p-24 : (fraction + 1024) * Math.pow(2, exponent - 25);
        return bits < 0 ? -size : size;
    }
}
