package org.menagerie.vision.file;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;

/**
 * Which way up a picture is to be shown, from the EXIF tag Orientation (0x0112) of JPEG, PNG, TIFF and WebP files.
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
        return of(Exif.of(file).map(exif -> TiffTags.of(exif).value(TAG, 1)).orElse(1));
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
