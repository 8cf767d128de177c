package org.menagerie.vision;

import ai.djl.modality.cv.Image;
import java.awt.image.BufferedImage;

/**
 * The samples of a picture as planes, the same that {@link ImagePreprocessor} gives to networks: gray pictures' own, no
 * gamma, transparent pixels over white.
 */
public final class Planes {
    private static final int WHITE = 0xFFFFFF;

    private Planes() {}

    /** Gray for one channel, else red, green and blue in the order asked for; each plane row by row, values 0 to 255. */
    public static float[][] of(Image picture, Channels channels) {
        BufferedImage image = ImagePreprocessor.pixelsOf(picture);
        int width = image.getWidth();
        int count = channels.count();
        float[][] planes = new float[count][Math.multiplyExact(width, image.getHeight())];
        PixelRows rows = PixelRows.of(image, count == 1, WHITE);
        byte[] row = new byte[width * count];
        for (int y = 0; y < image.getHeight(); y++) {
            rows.read(y, 0, width, row);
            for (int c = 0; c < count; c++) {
                float[] plane = planes[channels == Channels.BGR ? count - 1 - c : c];
                for (int x = 0; x < width; x++) {
                    plane[y * width + x] = row[x * count + c] & 0xFF;
                }
            }
        }
        return planes;
    }
}
