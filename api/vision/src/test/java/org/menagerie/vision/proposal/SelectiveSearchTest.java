package org.menagerie.vision.proposal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Rectangle;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.menagerie.spi.InvalidInputException;

class SelectiveSearchTest {
    private static final int WIDTH = 60;
    private static final int HEIGHT = 40;
    private static final Rectangle PLAIN = new Rectangle(5, 8, 12, 20);
    private static final Rectangle STRIPED = new Rectangle(35, 10, 16, 18);

    private final SelectiveSearch search = new SelectiveSearch(
            new SelectiveSearchSettings(List.of(ColorSpace.HSV, ColorSpace.LAB), List.of(30.0), 0, 4, 200));

    /** A plain and a striped rectangle on a gray ground. */
    private static float[] picture(int channels) {
        float[] samples = new float[channels * WIDTH * HEIGHT];
        for (int i = 0; i < samples.length; i++) {
            int x = i % WIDTH;
            int y = i / WIDTH % HEIGHT;
            int channel = i / (WIDTH * HEIGHT);
            if (PLAIN.contains(x, y)) {
                samples[i] = channel == 0 ? 220 : 40;
            } else if (STRIPED.contains(x, y)) {
                samples[i] = (x - STRIPED.x) / 4 % 2 == 0 ? 30 : 200;
            } else {
                samples[i] = 120;
            }
        }
        return samples;
    }

    @Test
    void findsThePlainRectangleAndTheOneMadeOfStripes() {
        for (int channels : new int[] {1, 3}) {
            assertThat(search.boxes(picture(channels), channels, HEIGHT, WIDTH))
                    .contains(PLAIN, STRIPED, new Rectangle(WIDTH, HEIGHT));
        }
    }

    @Test
    void equalPicturesHaveEqualBoxesAndNoBoxComesTwice() {
        List<Rectangle> boxes = search.boxes(picture(3), 3, HEIGHT, WIDTH);
        assertThat(search.boxes(picture(3), 3, HEIGHT, WIDTH)).isEqualTo(boxes);
        assertThat(new HashSet<>(boxes)).hasSameSizeAs(boxes);
    }

    @Test
    void aPictureOfOneColourIsOneBox() {
        assertThat(search.boxes(new float[3 * WIDTH * HEIGHT], 3, HEIGHT, WIDTH))
                .containsExactly(new Rectangle(WIDTH, HEIGHT));
    }

    @Test
    void noMoreBoxesThanAskedFor() {
        SelectiveSearch two =
                new SelectiveSearch(new SelectiveSearchSettings(List.of(ColorSpace.RGB), List.of(1.0), 0, 1, 2));
        assertThat(two.boxes(picture(3), 3, HEIGHT, WIDTH)).hasSize(2);
    }

    @Test
    void twoChannelsAreRefused() {
        assertThatThrownBy(() -> search.boxes(new float[2 * WIDTH * HEIGHT], 2, HEIGHT, WIDTH))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("2 channels of 60x40");
    }

    @Test
    void settingsThatCannotBeAreRefused() {
        assertThatThrownBy(() -> new SelectiveSearchSettings(List.of(), List.of(50.0), 0.8, 50, 100))
                .hasMessageContaining("needs a colour space");
        assertThatThrownBy(
                        () -> new SelectiveSearchSettings(List.of(ColorSpace.RGB), List.of(Double.NaN), 0.8, 50, 100))
                .hasMessageContaining("scales must be");
    }
}
