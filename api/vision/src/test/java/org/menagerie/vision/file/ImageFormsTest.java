package org.menagerie.vision.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.modality.cv.Image;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.menagerie.fixtures.Fixtures;
import org.menagerie.vision.Channels;
import org.menagerie.vision.ImageReader;
import org.menagerie.vision.Planes;

/**
 * Files of many forms, made for this test from one picture with Pillow 9.4 (names without a prefix), ImageMagick 6.9 ({@code
 * im-}), OpenCV 4.6 ({@code cv-}) and byte by byte ({@code j-}, {@code raw-}, {@code t-}). {@code expected.csv} has the values
 * that Pillow reads from them, transparent pixels over white.
 */
class ImageFormsTest {
    static Stream<String> expected() throws IOException {
        return new String(file("expected.csv"), StandardCharsets.UTF_8).lines().skip(1);
    }

    @ParameterizedTest
    @MethodSource("expected")
    void samplesAreThoseOfPillow(String line) throws IOException {
        String[] fields = line.split(",");
        // Pillow truncates the colours of 16-bit BMP files where ImageIO rounds them.
        int tolerance = fields[0].equals("im-b565.bmp") ? 1 : 0;
        Image image = new ImageReader().read(file(fields[0]), fields[0]);
        assertThat(image.getWidth()).isEqualTo(Integer.parseInt(fields[1]));
        assertThat(image.getHeight()).isEqualTo(Integer.parseInt(fields[2]));
        float[][] planes = Planes.of(image, Channels.RGB);
        for (int c = 0; c < 3; c++) {
            double sum = 0;
            for (float sample : planes[c]) {
                sum += sample;
            }
            assertThat(sum / planes[c].length)
                    .as("mean of channel %d", c)
                    .isCloseTo(Double.parseDouble(fields[3 + c]), within(0.001 + tolerance));
        }
        for (int at = 6; at < fields.length; at += 5) {
            int x = Integer.parseInt(fields[at]);
            int y = Integer.parseInt(fields[at + 1]);
            for (int c = 0; c < 3; c++) {
                assertThat((double) planes[c][y * image.getWidth() + x])
                        .as("channel %d at %d,%d", c, x, y)
                        .isCloseTo(Double.parseDouble(fields[at + 2 + c]), within((double) tolerance));
            }
        }
    }

    /** The pictures of the fixtures, by the values that Pillow reads from them. */
    @Test
    void fixturesHaveTheirValues() {
        assertMeans("ycck-adobe-transform2.jpg", 141, 106, 96);
        assertPixel("cmyk-no-adobe-segment.jpg", 20, 10, 108, 82, 97);
        assertMeans("cmyk-half-black.tif", 127, 127, 127);
        Image screen = read("gif-first-frame-offset.gif");
        assertThat(screen.getWidth()).isEqualTo(48);
        assertThat(screen.getHeight()).isEqualTo(32);
    }

    /** A photograph in which prediction drifts if anything is off by one. */
    @Test
    void lossyWebPDoesNotDrift() throws IOException {
        Image image = new ImageReader().read(file("photograph.webp"), "photograph.webp");
        float[][] planes = Planes.of(image, Channels.RGB);
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        for (float[] plane : planes) {
            for (float sample : plane) {
                digest.update((byte) (int) sample);
            }
        }
        assertThat(HexFormat.of().formatHex(digest.digest()))
                .isEqualTo("bbc59fc8b812f957ea6c049b89fec1ba24a4d16cc7bee34496bf6784d3fb8edb");
    }

    /** The reader of WebP brings none for other formats. */
    @Test
    void otherFormatsKeepTheReadersOfTheJdk() {
        for (String format : new String[] {"jpeg", "png", "gif", "bmp", "tiff", "wbmp"}) {
            ImageIO.getImageReadersByFormatName(format)
                    .forEachRemaining(reader ->
                            assertThat(reader.getClass().getName()).as(format).startsWith("com.sun.imageio."));
        }
    }

    private static void assertMeans(String name, int... rgb) {
        float[][] planes = Planes.of(read(name), Channels.RGB);
        for (int c = 0; c < 3; c++) {
            double sum = 0;
            for (float sample : planes[c]) {
                sum += sample;
            }
            assertThat(sum / planes[c].length).as(name).isCloseTo(rgb[c], within(1.0));
        }
    }

    private static void assertPixel(String name, int x, int y, int... rgb) {
        Image image = read(name);
        float[][] planes = Planes.of(image, Channels.RGB);
        for (int c = 0; c < 3; c++) {
            assertThat(planes[c][y * image.getWidth() + x]).as(name).isEqualTo(rgb[c]);
        }
    }

    private static Image read(String name) {
        return new ImageReader().read(Fixtures.bytes("pictures/" + name), name);
    }

    static byte[] file(String name) throws IOException {
        try (@Nullable InputStream in = ImageFormsTest.class.getResourceAsStream("pictures/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }
}
