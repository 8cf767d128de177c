package org.menagerie.vision;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.ComponentSampleModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferInt;
import java.awt.image.DirectColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.SinglePixelPackedSampleModel;
import java.awt.image.WritableRaster;

/**
 * A picture's pixels as rows of 8-bit samples: interleaved R, G, B, or gray.
 *
 * <p>Samples are taken as they are stored, without colour management: a gray picture's bytes reach the network, where
 * {@link BufferedImage#getRGB} would apply a gamma. Transparent pixels are mixed with the background.
 */
interface PixelRows {
    /** Writes a row's pixels from {@code x} on, {@code count} of them, from the array's start. */
    void read(int y, int x, int count, byte[] into);

    /** The rows of a picture, for {@link Channels#GRAY} of one sample a pixel and otherwise of R, G and B. */
    static PixelRows of(BufferedImage image, boolean gray, int background) {
        Raster raster = image.getRaster();
        ColorModel colors = image.getColorModel();
        if (colors instanceof ComponentColorModel
                && raster.getSampleModel() instanceof ComponentSampleModel
                && isGrayOrRgb(colors)) {
            return components(raster, colors, gray, background);
        }
        return new ArgbRows(argb(image, raster, colors), gray, background);
    }

    private static boolean isGrayOrRgb(ColorModel colors) {
        int type = colors.getColorSpace().getType();
        return type == ColorSpace.TYPE_GRAY || type == ColorSpace.TYPE_RGB;
    }

    private static PixelRows components(Raster raster, ColorModel colors, boolean gray, int background) {
        if (raster.getTransferType() == DataBuffer.TYPE_BYTE && raster.getDataBuffer() instanceof DataBufferByte) {
            return new ByteRows(raster, colors, gray, background);
        }
        return new ByteRows(toBytes(raster), colors, gray, background);
    }

    /** A copy of a raster of wider samples; 16-bit ones keep their high byte, as libpng does. */
    private static Raster toBytes(Raster raster) {
        WritableRaster bytes = Raster.createInterleavedRaster(
                DataBuffer.TYPE_BYTE, raster.getWidth(), raster.getHeight(), raster.getNumBands(), null);
        boolean floating =
                raster.getTransferType() == DataBuffer.TYPE_FLOAT || raster.getTransferType() == DataBuffer.TYPE_DOUBLE;
        int shift = DataBuffer.getDataTypeSize(raster.getTransferType()) - 8;
        float[] row = new float[raster.getWidth() * raster.getNumBands()];
        int[] samples = new int[row.length];
        for (int y = 0; y < raster.getHeight(); y++) {
            if (floating) {
                raster.getPixels(raster.getMinX(), raster.getMinY() + y, raster.getWidth(), 1, row);
                for (int i = 0; i < row.length; i++) {
                    samples[i] = (int) Math.min(Math.max(row[i] * 255 + 0.5f, 0), 255);
                }
            } else {
                raster.getPixels(raster.getMinX(), raster.getMinY() + y, raster.getWidth(), 1, samples);
                for (int i = 0; i < samples.length; i++) {
                    samples[i] = (samples[i] >> shift) & 0xFF;
                }
            }
            bytes.setPixels(0, y, raster.getWidth(), 1, samples);
        }
        return bytes;
    }

    /** Where a row's colours come from as ARGB, not premultiplied. */
    interface Argb {
        void read(int y, int x, int count, int[] into);
    }

    private static Argb argb(BufferedImage image, Raster raster, ColorModel colors) {
        int minX = raster.getMinX();
        int minY = raster.getMinY();
        if (colors instanceof IndexColorModel palette) {
            int[] rgb = new int[Math.max(palette.getMapSize(), 1 << palette.getPixelSize())];
            palette.getRGBs(rgb);
            return (y, x, count, into) -> {
                raster.getSamples(minX + x, minY + y, count, 1, 0, into);
                for (int i = 0; i < count; i++) {
                    into[i] = rgb[into[i]];
                }
            };
        }
        if (image.getType() == BufferedImage.TYPE_INT_RGB || image.getType() == BufferedImage.TYPE_INT_ARGB) {
            SinglePixelPackedSampleModel model = (SinglePixelPackedSampleModel) raster.getSampleModel();
            DataBufferInt buffer = (DataBufferInt) raster.getDataBuffer();
            int[] data = buffer.getData();
            int origin = buffer.getOffset() - raster.getSampleModelTranslateX();
            int stride = model.getScanlineStride();
            int opaque = ((DirectColorModel) colors).hasAlpha() ? 0 : 0xFF000000;
            return (y, x, count, into) -> {
                int at = origin + (y - raster.getSampleModelTranslateY()) * stride + x;
                for (int i = 0; i < count; i++) {
                    into[i] = data[at + i] | opaque;
                }
            };
        }
        return (y, x, count, into) -> image.getRGB(x, y, count, 1, into, 0, count);
    }
}
