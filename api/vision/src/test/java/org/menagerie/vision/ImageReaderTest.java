package org.menagerie.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.modality.cv.Image;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.menagerie.spi.InvalidInputException;

/** Reads files that {@code src/test/python/formats.py} made. */
class ImageReaderTest {
    private static final int[] RED = {255, 0, 0};
    private static final int[] GREEN = {0, 255, 0};
    private static final int[] BLUE = {0, 0, 255};
    private static final int[] WHITE = {255, 255, 255};

    private final ImageReader reader = new ImageReader();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "exif-1.jpg", "exif-2.jpg", "exif-3.jpg", "exif-4.jpg", "exif-5.jpg", "exif-6.jpg", "exif-7.jpg",
                "exif-8.jpg", "exif-6.png", "exif-6.tif", "rgb.png", "rgb.bmp", "palette.gif", "palette.png",
                "cmyk.jpg", "progressive.jpg"
            })
    void picturesComeOutTheRightWayUpInTheirColours(String name) throws Exception {
        Image image = reader.read(file(name), name);
        assertThat(image.getWidth()).isEqualTo(24);
        assertThat(image.getHeight()).isEqualTo(16);
        assertColor(image, 3, 3, RED);
        assertColor(image, 20, 3, GREEN);
        assertColor(image, 3, 12, BLUE);
        assertColor(image, 20, 12, WHITE);
    }

    @Test
    void transparentPixelsShowTheBackground() throws Exception {
        Image image = reader.read(file("alpha.png"), "alpha.png");
        float[] white = samples(image, Channels.RGB, null);
        assertThat(at(white, 3, 3, 3)).containsExactly(255, 0, 0);
        assertThat(at(white, 3, 3, 12)).containsExactly(153, 153, 255);
        assertThat(at(white, 3, 20, 12)).containsExactly(255, 255, 255);
        float[] green = samples(image, Channels.RGB, "#00ff00");
        assertThat(at(green, 3, 3, 12)).containsExactly(0, 153, 102);
        assertThat(at(green, 3, 20, 12)).containsExactly(0, 255, 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gray.png", "gray16.png", "gray.jpg"})
    void grayBytesReachTheNetworkWithoutGamma(String name) throws Exception {
        Image image = reader.read(file(name), name);
        float[] gray = samples(image, Channels.GRAY, null);
        float[] rgb = samples(image, Channels.RGB, null);
        for (int x = 0; x < 24; x++) {
            assertThat(gray[5 * 24 + x]).isCloseTo(x * 11, within(1f));
            assertThat(at(rgb, 3, x, 5)).containsOnly(gray[5 * 24 + x]);
        }
    }

    @Test
    void grayWithAlphaIsMixedWithTheBackground() throws Exception {
        float[] gray = samples(reader.read(file("gray-alpha.png"), "gray-alpha.png"), Channels.GRAY, "#000000");
        assertThat(gray[10]).isEqualTo(44); // 110 * 102 / 255
    }

    @Test
    void singleBitPicturesAreBlackAndWhite() throws Exception {
        float[] gray = samples(reader.read(file("bits.png"), "bits.png"), Channels.GRAY, null);
        assertThat(gray[0]).isZero();
        assertThat(gray[20]).isEqualTo(255);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../golden/source.png", "exif-1.jpg", "palette.gif", "rgb.bmp", "progressive.jpg"})
    void truncatedFilesAreNamed(String name) throws Exception {
        byte[] whole = file(name);
        for (double part : new double[] {0.3, 0.6, 0.9}) {
            byte[] file = Arrays.copyOf(whole, (int) (whole.length * part));
            assertThatThrownBy(() -> reader.read(file, name))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining(name);
        }
    }

    @Test
    void flippedBitsGiveAPictureOrAnInvalidInput() throws Exception {
        Random random = new Random(11);
        for (String name : List.of("rgb.png", "exif-6.jpg", "cmyk.jpg", "palette.gif", "exif-6.tif", "alpha.png")) {
            byte[] whole = file(name);
            for (int i = 0; i < 60; i++) {
                byte[] file = whole.clone();
                for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                    file[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(8));
                }
                try {
                    samples(reader.read(file, name), Channels.RGB, null);
                } catch (InvalidInputException e) {
                    assertThat(e).hasMessageContaining(name);
                }
            }
        }
    }

    @Test
    void aPixelBombIsRefusedBeforeItsPixelsAreAllocated() {
        byte[] bomb = pngHeader(60_000, 60_000);
        assertThatThrownBy(() -> reader.read(bomb, "bomb.png"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("bomb.png has 60000x60000 pixels; at most 200,000,000 are accepted");
    }

    @Test
    void filesThatAreNoPictureAreNamedWithTheAlternatives() {
        assertThatThrownBy(() -> reader.read("hello".getBytes(StandardCharsets.UTF_8), "a.txt"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("a.txt is not a picture; expected one of BMP, GIF, JPEG");
        assertThatThrownBy(() -> reader.read(new byte[0], "empty.png"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("empty.png is not a picture");
        assertThatThrownBy(() -> reader.read(Path.of("no-such.png")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("No such file: no-such.png");
    }

    private static byte[] pngHeader(int width, int height) {
        ByteBuffer png = ByteBuffer.allocate(33);
        png.putLong(0x89504E470D0A1A0AL).putInt(13);
        png.putInt(0x49484452).putInt(width).putInt(height).put(new byte[] {8, 2, 0, 0, 0});
        CRC32 crc = new CRC32();
        crc.update(png.array(), 12, 17);
        return png.putInt((int) crc.getValue()).array();
    }

    private static float[] samples(Image image, Channels channels, @Nullable String background) {
        ImageSettings settings = new ImageSettings(
                "x",
                null,
                null,
                channels,
                null,
                null,
                null,
                1.0,
                null,
                null,
                Layout.NHWC,
                null,
                null,
                null,
                null,
                background);
        return Objects.requireNonNull(new ImagePreprocessor(settings)
                        .prepare(List.of(image))
                        .tensors()
                        .get("x"))
                .toFloatArray();
    }

    private static float[] at(float[] samples, int channels, int x, int y) {
        int at = (y * 24 + x) * channels;
        return Arrays.copyOfRange(samples, at, at + channels);
    }

    private static void assertColor(Image image, int x, int y, int[] rgb) {
        float[] pixel = at(samples(image, Channels.RGB, null), 3, x, y);
        for (int c = 0; c < 3; c++) {
            assertThat(pixel[c]).as("channel %d at %d,%d", c, x, y).isCloseTo(rgb[c], within(6f));
        }
    }

    private static byte[] file(String name) throws IOException {
        try (@Nullable InputStream in = ImageReaderTest.class.getResourceAsStream("formats/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }
}
