package org.menagerie.vision;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.modality.cv.BufferedImageFactory;
import ai.djl.modality.cv.Image;
import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.menagerie.vision.RecognizedText.Corner;

class RotatedCropTest {
    /** Red grows with x and green with y, so that a sample tells where it was taken. */
    private static Image gradient() {
        BufferedImage image = new BufferedImage(100, 80, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 80; y++) {
            for (int x = 0; x < 100; x++) {
                image.setRGB(x, y, ((2 * x) << 16) | ((2 * y) << 8));
            }
        }
        return new BufferedImageFactory().fromImage(image);
    }

    @Test
    void anUprightRectangleIsCopied() {
        BufferedImage cut = cut(10, 20, 40, 20, 40, 30, 10, 30);
        assertThat(cut.getWidth()).isEqualTo(30);
        assertThat(cut.getHeight()).isEqualTo(10);
        assertSource(cut, 0, 0, 10, 20);
        assertSource(cut, 29, 9, 39, 29);
    }

    @Test
    void theFirstCornerComesToTheTopLeft() {
        BufferedImage quarter = cut(40, 20, 40, 60, 30, 60, 30, 20);
        assertThat(quarter.getWidth()).isEqualTo(40);
        assertThat(quarter.getHeight()).isEqualTo(10);
        assertSource(quarter, 0, 0, 40, 20);
        assertSource(quarter, 39, 9, 31, 59);
        assertSource(cut(40, 30, 10, 30, 10, 20, 40, 20), 5, 3, 35, 27);
    }

    @Test
    void slantedRectanglesAreSampledBetweenPixels() {
        // A side of 50 along (3,4), one of 10 across.
        BufferedImage cut = cut(20, 10, 50, 50, 42, 56, 12, 16);
        assertThat(cut.getWidth()).isEqualTo(50);
        assertThat(cut.getHeight()).isEqualTo(10);
        assertSource(cut, 25, 5, 20 + 25 * 0.6 - 5 * 0.8, 10 + 25 * 0.8 + 5 * 0.6);
    }

    @Test
    void beyondTheEdgeTheLastPixelsGoOn() {
        BufferedImage cut = cut(-20, -20, 20, -20, 20, 20, -20, 20);
        assertSource(cut, 0, 0, 0, 0);
        assertSource(cut, 30, 5, 10, 0);
    }

    private static BufferedImage cut(double... xy) {
        Image cut = new RotatedCrop(gradient())
                .cut(List.of(
                        new Corner(xy[0], xy[1]),
                        new Corner(xy[2], xy[3]),
                        new Corner(xy[4], xy[5]),
                        new Corner(xy[6], xy[7])));
        return (BufferedImage) cut.getWrappedImage();
    }

    private static void assertSource(BufferedImage cut, int x, int y, double fromX, double fromY) {
        int rgb = cut.getRGB(x, y);
        assertThat((rgb >> 16) & 0xFF).isEqualTo((int) Math.round(2 * fromX));
        assertThat((rgb >> 8) & 0xFF).isEqualTo((int) Math.round(2 * fromY));
    }
}
