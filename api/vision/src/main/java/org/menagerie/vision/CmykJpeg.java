package org.menagerie.vision;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import javax.imageio.ImageReader;
import org.menagerie.vision.JpegSegments.Segment;

/**
 * JPEG files of four components, which ImageIO reads as samples but not as colours.
 *
 * <p>Converted without colour profiles, as PIL does. Files with an Adobe segment store inverted inks, and YCCK where
 * its transform is 2.
 */
final class CmykJpeg {
    private CmykJpeg() {}

    static boolean is(byte[] file) {
        return JpegSegments.find(file, Segment::isFrame)
                .filter(frame ->
                        frame.content().remaining() > 5 && frame.content().get(5) == 4)
                .isPresent();
    }

    static BufferedImage decode(ImageReader reader, byte[] file) throws IOException {
        int transform = JpegSegments.find(file, segment -> segment.is(0xEE, "Adobe"))
                .filter(adobe -> adobe.content().remaining() >= 12)
                .map(adobe -> (int) adobe.content().get(11))
                .orElse(-1);
        Raster inks = reader.readRaster(0, null);
        int width = inks.getWidth();
        BufferedImage image = new BufferedImage(width, inks.getHeight(), BufferedImage.TYPE_INT_RGB);
        int[] samples = new int[width * 4];
        int[] row = new int[width];
        for (int y = 0; y < inks.getHeight(); y++) {
            inks.getPixels(0, y, width, 1, samples);
            for (int x = 0; x < width; x++) {
                row[x] = rgb(samples, x * 4, transform);
            }
            image.setRGB(0, y, width, 1, row, 0, width);
        }
        return image;
    }

    private static int rgb(int[] samples, int at, int transform) {
        int c = samples[at];
        int m = samples[at + 1];
        int y = samples[at + 2];
        int k = samples[at + 3];
        if (transform == 2) {
            double luma = c;
            double cb = m - 128;
            double cr = y - 128;
            c = clip(luma + 1.402 * cr);
            m = clip(luma - 0.344136 * cb - 0.714136 * cr);
            y = clip(luma + 1.772 * cb);
        }
        if (transform < 0) {
            c = 255 - c;
            m = 255 - m;
            y = 255 - y;
            k = 255 - k;
        }
        return light(c, k) << 16 | light(m, k) << 8 | light(y, k);
    }

    /** What is left of white under a coloured ink and black, both given inverted. */
    private static int light(int ink, int black) {
        return (ink * black + 127) / 255;
    }

    private static int clip(double sample) {
        return (int) Math.min(Math.max(sample + 0.5, 0), 255);
    }
}
