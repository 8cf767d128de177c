package org.menagerie.vision;

import java.awt.image.ColorModel;
import java.awt.image.ComponentSampleModel;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;

/** Rows of pictures that store a byte a sample: gray or RGB in any order, with or without alpha. */
final class ByteRows implements PixelRows {
    private final byte[][] banks = new byte[4][];
    private final int[] starts = new int[4];
    private final int pixelStride;
    private final int rowStride;
    private final int bands;
    private final boolean alpha;
    private final boolean premultiplied;
    private final boolean gray;
    private final int background;

    ByteRows(Raster raster, ColorModel colors, boolean gray, int background) {
        ComponentSampleModel model = (ComponentSampleModel) raster.getSampleModel();
        DataBufferByte data = (DataBufferByte) raster.getDataBuffer();
        this.pixelStride = model.getPixelStride();
        this.rowStride = model.getScanlineStride();
        this.bands = colors.getNumColorComponents();
        this.alpha = colors.hasAlpha();
        this.premultiplied = colors.isAlphaPremultiplied();
        this.gray = gray;
        this.background = background;
        for (int band = 0; band < Math.min(raster.getNumBands(), 4); band++) {
            int bank = model.getBankIndices()[band];
            banks[band] = data.getData(bank);
            starts[band] = data.getOffsets()[bank]
                    + model.getBandOffsets()[band]
                    - raster.getSampleModelTranslateX() * pixelStride
                    - raster.getSampleModelTranslateY() * rowStride;
        }
    }

    @Override
    public void read(int y, int x, int count, byte[] into) {
        int offset = y * rowStride + x * pixelStride;
        if (bands == 1) {
            readGray(offset, count, into);
        } else {
            readColor(offset, count, into);
        }
        if (alpha) {
            composite(offset, count, into);
        }
    }

    private void readGray(int offset, int count, byte[] into) {
        byte[] data = banks[0];
        int at = starts[0] + offset;
        if (gray && pixelStride == 1) {
            System.arraycopy(data, at, into, 0, count);
            return;
        }
        int copies = gray ? 1 : 3;
        for (int i = 0; i < count; i++, at += pixelStride) {
            for (int c = 0; c < copies; c++) {
                into[i * copies + c] = data[at];
            }
        }
    }

    private void readColor(int offset, int count, byte[] into) {
        byte[] red = banks[0];
        byte[] green = banks[1];
        byte[] blue = banks[2];
        int r = starts[0] + offset;
        int g = starts[1] + offset;
        int b = starts[2] + offset;
        if (gray) {
            for (int i = 0; i < count; i++, r += pixelStride, g += pixelStride, b += pixelStride) {
                into[i] = Luma.of(red[r] & 0xFF, green[g] & 0xFF, blue[b] & 0xFF);
            }
            return;
        }
        for (int i = 0; i < 3 * count; i += 3, r += pixelStride, g += pixelStride, b += pixelStride) {
            into[i] = red[r];
            into[i + 1] = green[g];
            into[i + 2] = blue[b];
        }
    }

    private void composite(int offset, int count, byte[] into) {
        byte[] alphas = banks[bands];
        int at = starts[bands] + offset;
        int channels = gray ? 1 : 3;
        for (int i = 0; i < count; i++, at += pixelStride) {
            int a = alphas[at] & 0xFF;
            for (int c = 0; a != 255 && c < channels; c++) {
                int sample = into[i * channels + c] & 0xFF;
                int under = gray
                        ? Luma.of((background >> 16) & 0xFF, (background >> 8) & 0xFF, background & 0xFF) & 0xFF
                        : (background >> (16 - 8 * c)) & 0xFF;
                int over = premultiplied ? Math.min(255, sample + Luma.over(0, a, under)) : Luma.over(sample, a, under);
                into[i * channels + c] = (byte) over;
            }
        }
    }
}
