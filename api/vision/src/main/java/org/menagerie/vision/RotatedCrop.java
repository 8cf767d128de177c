package org.menagerie.vision;

import ai.djl.modality.cv.BufferedImageFactory;
import ai.djl.modality.cv.Image;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.List;
import org.menagerie.vision.RecognizedText.Corner;

/**
 * A rectangle at any angle cut out of a picture and turned upright, with bilinear sampling; beyond the picture's edge its
 * last pixels go on.
 *
 * <p>Made for one picture, from which any number of crops are taken. For one thread.
 */
public final class RotatedCrop {
    private static final int WHITE = 0xFFFFFF;

    private final int width;
    private final int height;
    /** Interleaved R, G, B. */
    private final byte[] pixels;

    public RotatedCrop(Image picture) {
        BufferedImage image = ImagePreprocessor.pixelsOf(picture);
        width = image.getWidth();
        height = image.getHeight();
        pixels = new byte[Math.multiplyExact(Math.multiplyExact(width, height), 3)];
        byte[] row = new byte[3 * width];
        PixelRows rows = PixelRows.of(image, false, WHITE);
        for (int y = 0; y < height; y++) {
            rows.read(y, 0, width, row);
            System.arraycopy(row, 0, pixels, y * row.length, row.length);
        }
    }

    /**
     * The crop whose top left, top right, bottom right and bottom left are four corners of a rectangle, as large as it.
     */
    public Image cut(List<Corner> corners) {
        Corner origin = corners.get(0);
        Corner right = corners.get(1);
        Corner down = corners.get(3);
        int cutWidth = Math.max(1, (int) Math.hypot(right.x() - origin.x(), right.y() - origin.y()));
        int cutHeight = Math.max(1, (int) Math.hypot(down.x() - origin.x(), down.y() - origin.y()));
        double dxAcross = (right.x() - origin.x()) / cutWidth;
        double dyAcross = (right.y() - origin.y()) / cutWidth;
        double dxDown = (down.x() - origin.x()) / cutHeight;
        double dyDown = (down.y() - origin.y()) / cutHeight;
        BufferedImage cut = new BufferedImage(cutWidth, cutHeight, BufferedImage.TYPE_3BYTE_BGR);
        byte[] into = ((DataBufferByte) cut.getRaster().getDataBuffer()).getData();
        for (int y = 0, at = 0; y < cutHeight; y++) {
            double fromX = origin.x() + y * dxDown;
            double fromY = origin.y() + y * dyDown;
            for (int x = 0; x < cutWidth; x++, at += 3) {
                sample(fromX + x * dxAcross, fromY + x * dyAcross, into, at);
            }
        }
        return new BufferedImageFactory().fromImage(cut);
    }

    private void sample(double x, double y, byte[] into, int at) {
        double clippedX = Math.min(Math.max(x, 0), width - 1);
        double clippedY = Math.min(Math.max(y, 0), height - 1);
        int left = (int) clippedX;
        int top = (int) clippedY;
        float wx = (float) (clippedX - left);
        float wy = (float) (clippedY - top);
        int a = (top * width + left) * 3;
        int b = left + 1 < width ? a + 3 : a;
        int below = top + 1 < height ? 3 * width : 0;
        for (int c = 0; c < 3; c++) {
            float upper = (pixels[a + c] & 0xFF) * (1 - wx) + (pixels[b + c] & 0xFF) * wx;
            float lower = (pixels[a + below + c] & 0xFF) * (1 - wx) + (pixels[b + below + c] & 0xFF) * wx;
            into[at + 2 - c] = (byte) (int) (upper * (1 - wy) + lower * wy + 0.5f);
        }
    }
}
