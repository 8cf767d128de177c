package org.menagerie.vision.file;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.menagerie.spi.InvalidInputException;

/**
 * The screen of a GIF file with its first frame on it. Around a frame that is smaller the screen is transparent if the
 * frame knows a transparent colour, else it has the first colour of the frame's palette, as in PIL.
 *
 * @param width of the screen, or of what the frame needs if that is more
 * @param height of the screen, or of what the frame needs if that is more
 */
record GifCanvas(int width, int height, int left, int top, int frameWidth, int frameHeight) {
    private static final int EXTENSION = 0x21;
    private static final int IMAGE = 0x2C;

    static boolean isGif(byte[] file) {
        return file.length > 13 && file[0] == 'G' && file[1] == 'I' && file[2] == 'F';
    }

    static GifCanvas of(byte[] file, String name) {
        ByteBuffer gif = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int width = gif.getShort(6) & 0xFFFF;
        int height = gif.getShort(8) & 0xFFFF;
        int at = 13 + paletteBytes(gif.get(10));
        while (at + 10 <= file.length) {
            int block = file[at] & 0xFF;
            if (block == IMAGE) {
                int left = gif.getShort(at + 1) & 0xFFFF;
                int top = gif.getShort(at + 3) & 0xFFFF;
                int frameWidth = gif.getShort(at + 5) & 0xFFFF;
                int frameHeight = gif.getShort(at + 7) & 0xFFFF;
                return new GifCanvas(
                        Math.max(width, left + frameWidth),
                        Math.max(height, top + frameHeight),
                        left,
                        top,
                        frameWidth,
                        frameHeight);
            }
            if (block != EXTENSION) {
                at++;
                continue;
            }
            at += 2;
            while (at < file.length && file[at] != 0) {
                at += 1 + (file[at] & 0xFF);
            }
            at++;
        }
        throw new InvalidInputException("%s is a damaged GIF file: it has no picture".formatted(name));
    }

    private static int paletteBytes(byte flags) {
        return flags < 0 ? 3 << ((flags & 7) + 1) : 0;
    }

    BufferedImage place(BufferedImage frame) {
        if ((frame.getWidth() == width && frame.getHeight() == height)
                || !(frame.getColorModel() instanceof IndexColorModel palette)) {
            return frame;
        }
        int[] colors = new int[Math.max(palette.getMapSize(), 1 << palette.getPixelSize())];
        palette.getRGBs(colors);
        int around = palette.getTransparentPixel() >= 0 ? 0 : colors[0];
        BufferedImage screen = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        int[] row = new int[width];
        java.util.Arrays.fill(row, around);
        Raster raster = frame.getRaster();
        int[] indices = new int[frame.getWidth()];
        for (int y = 0; y < height; y++) {
            java.util.Arrays.fill(row, around);
            if (y >= top && y - top < frame.getHeight()) {
                raster.getSamples(0, y - top, indices.length, 1, 0, indices);
                for (int x = 0; x < indices.length; x++) {
                    row[left + x] = colors[indices[x]];
                }
            }
            screen.setRGB(0, y, width, 1, row, 0, width);
        }
        return screen;
    }
}
