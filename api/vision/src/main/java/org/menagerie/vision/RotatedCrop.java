package org.menagerie.vision;

import ai.djl.modality.cv.BufferedImageFactory;
import ai.djl.modality.cv.Image;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.List;
import org.menagerie.vision.RecognizedText.Corner;

/**
 * A rectangle at any angle, or nearly one, cut out of a picture and turned upright, with cubic sampling; beyond the picture's edge its
 * last pixels go on.
 *
 * <p>Made for one picture, from which any number of crops are taken. For one thread.
 */
public final class RotatedCrop {
    private static final int WHITE = 0xFFFFFF;
    /** Places a pixel that are sampled. */
    private static final int STEPS = 32;

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
     * The crop whose top left, top right, bottom right and bottom left are four corners: of a rectangle, or nearly, as wide as
     * the longer of top and bottom and as high as the longer of left and right. Pixels between them are where the perspective
     * of the four corners puts them.
     */
    public Image cut(List<Corner> corners) {
        Corner a = corners.get(0);
        Corner b = corners.get(1);
        Corner c = corners.get(2);
        Corner d = corners.get(3);
        int cutWidth = Math.max(1, (int) Math.max(distance(a, b), distance(d, c)));
        int cutHeight = Math.max(1, (int) Math.max(distance(a, d), distance(b, c)));
        // The projective map of the unit square to the corners (Heckbert 1989, section 2.2.3).
        double sumX = a.x() - b.x() + c.x() - d.x();
        double sumY = a.y() - b.y() + c.y() - d.y();
        double acrossX = b.x() - c.x();
        double acrossY = b.y() - c.y();
        double downX = d.x() - c.x();
        double downY = d.y() - c.y();
        double area = acrossX * downY - downX * acrossY;
        double g = area == 0 ? 0 : (sumX * downY - downX * sumY) / area;
        double h = area == 0 ? 0 : (acrossX * sumY - sumX * acrossY) / area;
        BufferedImage cut = new BufferedImage(cutWidth, cutHeight, BufferedImage.TYPE_3BYTE_BGR);
        byte[] into = ((DataBufferByte) cut.getRaster().getDataBuffer()).getData();
        for (int y = 0, at = 0; y < cutHeight; y++) {
            double v = (double) y / cutHeight;
            for (int x = 0; x < cutWidth; x++, at += 3) {
                double u = (double) x / cutWidth;
                double w = g * u + h * v + 1;
                sample(
                        ((b.x() - a.x() + g * b.x()) * u + (d.x() - a.x() + h * d.x()) * v + a.x()) / w,
                        ((b.y() - a.y() + g * b.y()) * u + (d.y() - a.y() + h * d.y()) * v + a.y()) / w,
                        into,
                        at);
            }
        }
        return new BufferedImageFactory().fromImage(cut);
    }

    private static double distance(Corner a, Corner b) {
        return Math.hypot(a.x() - b.x(), a.y() - b.y());
    }

    /** Cubic between sixteen pixels, at 32nds of a pixel, as OpenCV's {@code remap} takes them. */
    private void sample(double x, double y, byte[] into, int at) {
        long acrossSteps = Math.round(x * STEPS);
        long downSteps = Math.round(y * STEPS);
        int left = (int) Math.floorDiv(acrossSteps, STEPS);
        int top = (int) Math.floorDiv(downSteps, STEPS);
        float[] across = CubicTaps.shares((float) Math.floorMod(acrossSteps, STEPS) / STEPS);
        float[] down = CubicTaps.shares((float) Math.floorMod(downSteps, STEPS) / STEPS);
        for (int c = 0; c < 3; c++) {
            float sum = 0;
            for (int row = 0; row < CubicTaps.COUNT; row++) {
                int line = within(top - 1 + row, height) * width;
                float part = 0;
                for (int column = 0; column < CubicTaps.COUNT; column++) {
                    part += across[column] * (pixels[(line + within(left - 1 + column, width)) * 3 + c] & 0xFF);
                }
                sum += down[row] * part;
            }
            into[at + 2 - c] = (byte) (int) Math.min(Math.max(sum + 0.5f, 0), 255);
        }
    }

    private static int within(int index, int size) {
        return Math.min(Math.max(index, 0), size - 1);
    }
}
