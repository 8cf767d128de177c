package org.menagerie.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.ImageFactory;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.menagerie.spi.Look;
import org.menagerie.spi.Origin;

class ImageLooksTest {
    private static final int WIDTH = 9;
    private static final int HEIGHT = 6;

    private static Stream<ImageLook> looks() {
        return Stream.of(
                new ImageLook((w, h) -> new LookFrame(0, 0, w, h, true)),
                new ImageLook((w, h) -> ImageLooks.scaled(w, h, 0.6)),
                new ImageLook((w, h) -> ImageLooks.scaled(w, h, 1.5)),
                new ImageLook((w, h) -> new LookFrame(-2, -1, w, h, false)));
    }

    /** A position in the network's input, led back by the look, shows the same sample as the input does. */
    @ParameterizedTest
    @MethodSource("looks")
    void originsLeadBackToThePicture(Look<Image> look) {
        BufferedImage pixels = picture(BufferedImage.TYPE_BYTE_GRAY);
        Image picture = ImageFactory.getInstance().fromImage(pixels);
        BufferedImage seen = (BufferedImage) look.view(picture).getWrappedImage();
        int width = seen.getWidth();
        int height = seen.getHeight();
        // The preprocessor magnifies by 2 and 3 and adds a bar of 5 on the left.
        Origin.Image plain = new Origin.Image(width, height, 2 * width + 5, 3 * height, 2, 3, 5, 0);
        Origin.Image origin = (Origin.Image) look.origin(plain, picture);
        assertThat(List.of(origin.width(), origin.height(), origin.inputWidth()))
                .containsExactly(WIDTH, HEIGHT, 2 * width + 5);
        int within = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int column = (int) Math.floor(origin.originalX(5 + 2 * (x + 0.5)));
                int row = (int) Math.floor(origin.originalY(3 * (y + 0.5)));
                if (column >= 0 && column < WIDTH && row >= 0 && row < HEIGHT) {
                    within++;
                    assertThat(seen.getRaster().getSample(x, y, 0))
                            .as("(%d, %d) of the view", x, y)
                            .isEqualTo(pixels.getRaster().getSample(column, row, 0));
                }
            }
        }
        assertThat(within).isGreaterThan(WIDTH * HEIGHT / 3);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                BufferedImage.TYPE_BYTE_GRAY,
                BufferedImage.TYPE_BYTE_BINARY,
                BufferedImage.TYPE_INT_ARGB,
                BufferedImage.TYPE_3BYTE_BGR,
                BufferedImage.TYPE_USHORT_GRAY
            })
    void aFlippedPictureFlippedIsThePicture(int type) {
        BufferedImage pixels = picture(type);
        LookFrame mirrored = new LookFrame(0, 0, WIDTH, HEIGHT, true);
        BufferedImage once = mirrored.of(pixels);
        assertThat(once.getRGB(0, 2)).isEqualTo(pixels.getRGB(WIDTH - 1, 2));
        BufferedImage twice = mirrored.of(once);
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            assertThat(twice.getRGB(i % WIDTH, i / WIDTH)).isEqualTo(pixels.getRGB(i % WIDTH, i / WIDTH));
        }
    }

    @Test
    void edgesContinueAroundThePicture() {
        BufferedImage pixels = picture(BufferedImage.TYPE_BYTE_GRAY);
        BufferedImage seen = new LookFrame(-1, -1, WIDTH + 2, HEIGHT + 2, false).of(pixels);
        assertThat(seen.getRGB(0, 0)).isEqualTo(pixels.getRGB(0, 0));
        assertThat(seen.getRGB(WIDTH + 1, HEIGHT + 1)).isEqualTo(pixels.getRGB(WIDTH - 1, HEIGHT - 1));
        assertThat(seen.getRGB(1, 1)).isEqualTo(pixels.getRGB(0, 0));
    }

    @Test
    void settingsThatWouldChangeNothingAreRefused() {
        assertThatThrownBy(() -> new ImageLooks.Scale(1)).hasMessageContaining("not 1");
        assertThatThrownBy(() -> new ImageLooks.Scale(9)).hasMessageContaining("0.25 to 4");
        assertThatThrownBy(() -> new ImageLooks.Shift(0)).hasMessageContaining("not 0");
        assertThat(ImageLooks.scaled(100, 50, 0.8).width()).isCloseTo(125, within(0));
    }

    private static BufferedImage picture(int type) {
        BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, type);
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            picture.getRaster()
                    .setSample(
                            i % WIDTH,
                            i / WIDTH,
                            0,
                            (i * 37 + i / WIDTH) % (type == BufferedImage.TYPE_BYTE_BINARY ? 2 : 251));
        }
        return picture;
    }
}
