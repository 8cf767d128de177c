package org.menagerie.vision;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import org.menagerie.spi.Origin;

/**
 * A rectangle of the plane in which a picture lies: what a look sees. Beyond the picture its nearest pixels continue. Samples are
 * copied as they are, whatever the picture's form.
 *
 * @param left of the rectangle, pixels of the picture
 * @param top of the rectangle, pixels of the picture
 * @param width pixels
 * @param height pixels
 * @param mirrored whether the rectangle is seen with left and right exchanged
 */
record LookFrame(int left, int top, int width, int height, boolean mirrored) {
    /** What is seen of a picture. */
    BufferedImage of(BufferedImage picture) {
        Raster from = picture.getRaster();
        WritableRaster to = from.createCompatibleWritableRaster(width, height);
        Object pixel = null;
        for (int y = 0; y < height; y++) {
            int row = from.getMinY() + inside(top + y, picture.getHeight());
            for (int x = 0; x < width; x++) {
                int column = inside(left + (mirrored ? width - 1 - x : x), picture.getWidth());
                pixel = from.getDataElements(from.getMinX() + column, row, pixel);
                to.setDataElements(x, y, pixel);
            }
        }
        return new BufferedImage(picture.getColorModel(), to, picture.isAlphaPremultiplied(), null);
    }

    private static int inside(int at, int extent) {
        return Math.max(0, Math.min(extent - 1, at));
    }

    /** Where a network's input came from in the picture, given where it came from in the view of this frame. */
    Origin.Image origin(Origin.Image seen, int pictureWidth, int pictureHeight) {
        double scaleX = mirrored ? -seen.scaleX() : seen.scaleX();
        int begin = mirrored ? left + width : left;
        return new Origin.Image(
                pictureWidth,
                pictureHeight,
                seen.inputWidth(),
                seen.inputHeight(),
                scaleX,
                seen.scaleY(),
                seen.offsetX() - scaleX * begin,
                seen.offsetY() - seen.scaleY() * top);
    }
}
