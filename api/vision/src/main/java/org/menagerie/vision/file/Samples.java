package org.menagerie.vision.file;

import java.awt.Point;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;

/** Interleaved 8-bit samples as an image that shares their array. */
final class Samples {
    private Samples() {}

    /**
     * The image of samples.
     *
     * @param bands 1 for gray, 3 for red, green and blue; 2 and 4 with a last band of alpha, not premultiplied
     */
    static BufferedImage image(byte[] samples, int width, int height, int bands) {
        boolean alpha = bands == 2 || bands == 4;
        ColorModel colors = new ComponentColorModel(
                ColorSpace.getInstance(bands < 3 ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB),
                alpha,
                false,
                alpha ? Transparency.TRANSLUCENT : Transparency.OPAQUE,
                DataBuffer.TYPE_BYTE);
        int[] offsets = new int[bands];
        for (int band = 0; band < bands; band++) {
            offsets[band] = band;
        }
        return new BufferedImage(
                colors,
                Raster.createInterleavedRaster(
                        new DataBufferByte(samples, samples.length),
                        width,
                        height,
                        width * bands,
                        bands,
                        offsets,
                        new Point()),
                false,
                null);
    }

    /** Room for the samples of an image. */
    static byte[] room(int width, int height, int bands) {
        return new byte[Math.multiplyExact(Math.multiplyExact(width, height), bands)];
    }
}
