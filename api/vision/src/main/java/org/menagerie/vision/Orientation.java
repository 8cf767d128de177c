package org.menagerie.vision;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Which way up a picture is to be shown, from the EXIF tag Orientation (0x0112) of JPEG, PNG and TIFF files.
 *
 * <p>A value of 1 to 8; anything else, and damaged EXIF data, count as 1.
 *
 * @param swapped rows become columns
 * @param fromRight the shown left edge is the stored right (or, swapped, bottom) edge
 * @param fromBottom the shown top edge is the stored bottom (or, swapped, right) edge
 */
record Orientation(boolean swapped, boolean fromRight, boolean fromBottom) {
    private static final int TAG = 0x0112;

    static Orientation of(byte[] file) {
        return of(exif(file).map(Orientation::value).orElse(1));
    }

    private static Orientation of(int value) {
        return switch (value) {
            case 2 -> new Orientation(false, true, false);
            case 3 -> new Orientation(false, true, true);
            case 4 -> new Orientation(false, false, true);
            case 5 -> new Orientation(true, false, false);
            case 6 -> new Orientation(true, true, false);
            case 7 -> new Orientation(true, true, true);
            case 8 -> new Orientation(true, false, true);
            default -> new Orientation(false, false, false);
        };
    }

    /** The TIFF structure that holds the tag. */
    private static Optional<ByteBuffer> exif(byte[] file) {
        if (JpegSegments.isJpeg(file)) {
            return JpegSegments.find(file, segment -> segment.is(0xE1, "Exif\0\0"))
                    .map(segment -> segment.content().position(6).slice());
        }
        String start = new String(file, 0, Math.min(8, file.length), StandardCharsets.ISO_8859_1);
        if (start.startsWith("II*\0") || start.startsWith("MM\0*")) {
            return Optional.of(ByteBuffer.wrap(file));
        }
        return start.equals("\u0089PNG\r\n\u001a\n") ? pngExif(ByteBuffer.wrap(file)) : Optional.empty();
    }

    private static Optional<ByteBuffer> pngExif(ByteBuffer png) {
        int at = 8;
        while (at + 12 <= png.limit()) {
            int length = png.getInt(at);
            int type = png.getInt(at + 4);
            if (length < 0 || length > png.limit() - at - 12) {
                break;
            }
            if (type == 0x65584966) { // eXIf
                return Optional.of(png.slice(at + 8, length));
            }
            at += 12 + length;
        }
        return Optional.empty();
    }

    private static int value(ByteBuffer tiff) {
        if (tiff.limit() < 8) {
            return 1;
        }
        tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        long directory = tiff.getInt(4) & 0xFFFFFFFFL;
        if (directory + 2 > tiff.limit()) {
            return 1;
        }
        int entries = tiff.getShort((int) directory) & 0xFFFF;
        for (int i = 0; i < entries; i++) {
            long entry = directory + 2 + 12L * i;
            if (entry + 12 > tiff.limit()) {
                break;
            }
            if ((tiff.getShort((int) entry) & 0xFFFF) == TAG) {
                return tiff.getShort((int) entry + 8);
            }
        }
        return 1;
    }

    /** The picture as it is to be shown; itself if it is stored that way. */
    BufferedImage apply(BufferedImage stored) {
        if (!swapped && !fromRight && !fromBottom) {
            return stored;
        }
        int width = swapped ? stored.getHeight() : stored.getWidth();
        int height = swapped ? stored.getWidth() : stored.getHeight();
        Raster from = stored.getRaster();
        WritableRaster to = from.createCompatibleWritableRaster(width, height);
        Object pixel = null;
        for (int y = 0; y < height; y++) {
            int alongY = fromBottom ? height - 1 - y : y;
            for (int x = 0; x < width; x++) {
                int alongX = fromRight ? width - 1 - x : x;
                pixel = from.getDataElements(swapped ? alongY : alongX, swapped ? alongX : alongY, pixel);
                to.setDataElements(x, y, pixel);
            }
        }
        return new BufferedImage(stored.getColorModel(), to, stored.isAlphaPremultiplied(), null);
    }
}
