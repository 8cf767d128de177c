package org.menagerie.vision.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.modality.cv.Image;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.vision.ImageReader;

/** Memory and time in proportion to the file: what is refused, before anything is allocated, and how. */
class ImageLimitsTest {
    private static final Duration SHORT = Duration.ofSeconds(2);

    /** A PNG of one bit a pixel whose data have a length. */
    private static byte[] png(int width, int height, byte[] compressed) {
        ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height).put(new byte[] {1, 0, 0, 0, 0});
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        png.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
        chunk(png, "IHDR", header.array());
        chunk(png, "IDAT", compressed);
        chunk(png, "IEND", new byte[0]);
        return png.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream png, String type, byte[] content) {
        byte[] named = new byte[content.length + 4];
        System.arraycopy(type.getBytes(StandardCharsets.ISO_8859_1), 0, named, 0, 4);
        System.arraycopy(content, 0, named, 4, content.length);
        CRC32 crc = new CRC32();
        crc.update(named);
        png.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
        png.writeBytes(named);
        png.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }

    private static byte[] deflated(long zeros) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
            byte[] block = new byte[1 << 16];
            for (long left = zeros; left > 0; left -= block.length) {
                deflater.write(block, 0, (int) Math.min(left, block.length));
            }
        }
        return out.toByteArray();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | 100000000 | has 1x100000000 pixels; at most 100,000 a side are accepted",
                "60000 | 60000 | has 60000x60000 pixels; at most 200,000,000 are accepted",
                "14000 | 14000 | says that it has 14000x14000 pixels, for which its 74 bytes are too few",
                "2000 | 2000 | has 17 bytes for 2000x2000 pixels; fetch it again",
                "-5 | 3 | is a damaged or unsupported picture"
            })
    void aTinyPngIsRefusedWhateverItSays(int width, int height, String message) {
        byte[] file = png(width, height, new byte[17]);
        assertThat(file).hasSize(74);
        refused(file, "bomb.png", message);
    }

    @Test
    void aTallPngOfHonestDataIsRefused() throws IOException {
        byte[] file = png(1, 100_000_000, deflated(200_000_000L));
        assertThat(file.length).isBetween(190_000, 200_000);
        refused(file, "tall.png", "tall.png has 1x100000000 pixels; at most 100,000 a side are accepted");
    }

    @Test
    void aPhotographersPictureIsRead() throws IOException {
        byte[] file = png(12_000, 9_000, deflated(1_501L * 9_000));
        Image image = new ImageReader().read(file, "phone.png");
        assertThat(image.getWidth() * image.getHeight()).isEqualTo(108_000_000);
        assertThatThrownBy(() -> new ImageReader(100_000_000).read(file, "phone.png"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("at most 100,000,000 are accepted");
    }

    @Test
    void theLimitItselfHasLimits() {
        for (long pixels : new long[] {0, -1, 500_000_001}) {
            assertThatThrownBy(() -> new ImageReader(pixels))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("1 to 500,000,000");
        }
    }

    @Test
    void tinyFilesOfOtherFormatsAreRefused() {
        ByteBuffer bmp = ByteBuffer.allocate(54).order(ByteOrder.LITTLE_ENDIAN);
        bmp.put((byte) 'B').put((byte) 'M').putInt(54).putInt(0).putInt(54);
        bmp.putInt(40).putInt(12_000).putInt(12_000).putShort((short) 1).putShort((short) 24);
        refused(bmp.array(), "bomb.bmp", "bomb.bmp is a damaged or unsupported picture: Invalid width/height");
        byte[] gif = {'G', 'I', 'F', '8', '9', 'a', -1, -1, 10, 0, 0, 0, 0, 0x2C, 0, 0, 0, 0, -1, -1, -1, -1, 0, 2};
        refused(gif, "bomb.gif", "bomb.gif has 65535x65535 pixels");
        refused(tiff(13_000, 13_000, 5), "bomb.tif", "for which its 110 bytes are too few");
        refused(tiff(2_000, 2_000, 5), "bomb.tif", "has 8 bytes for 2000x2000 pixels; fetch it again");
        refused(tiff(2_000, 2_000, 1), "bomb.tif", "has 8 bytes for 2000x2000 pixels; fetch it again");
    }

    /** Gray, 8 bits, one strip of 8 bytes. */
    private static byte[] tiff(int width, int height, int compression) {
        int[][] tags = {
            {256, width}, {257, height}, {258, 8}, {259, compression}, {262, 1}, {273, 102}, {278, height}, {279, 8}
        };
        ByteBuffer tiff = ByteBuffer.allocate(110).order(ByteOrder.LITTLE_ENDIAN);
        tiff.put(new byte[] {'I', 'I', 42, 0}).putInt(8).putShort((short) tags.length);
        for (int[] tag : tags) {
            tiff.putShort((short) tag[0]).putShort((short) 4).putInt(1).putInt(tag[1]);
        }
        return tiff.array();
    }

    private static void refused(byte[] file, String name, String message) {
        long start = cpuNanos();
        assertThatThrownBy(() -> new ImageReader().read(file, name))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(message)
                .message()
                .doesNotContain("\n");
        assertThat(Duration.ofNanos(cpuNanos() - start)).isLessThan(SHORT);
    }

    /** Of this thread, so that a busy machine does not count. */
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    static java.util.stream.Stream<String> files() throws IOException {
        return ImageFormsTest.expected().map(line -> line.substring(0, line.indexOf(',')));
    }

    /** Flipped bytes, and files that end early, of every form. */
    @ParameterizedTest
    @MethodSource("files")
    void damagedFilesGiveAPictureOrASentence(String name) throws IOException {
        byte[] whole = ImageFormsTest.file(name);
        Random random = new Random(name.hashCode());
        for (int i = 0; i < 15; i++) {
            byte[] file =
                    i % 5 == 4 ? java.util.Arrays.copyOf(whole, 1 + random.nextInt(whole.length - 1)) : whole.clone();
            for (int flips = i % 5; flips > 0; flips--) {
                file[random.nextInt(file.length)] = (byte) random.nextInt();
            }
            long start = cpuNanos();
            try {
                assertThat(new ImageReader(1 << 24).read(file, name).getWidth()).isPositive();
            } catch (InvalidInputException e) {
                assertThat(e).message().contains(name).doesNotContain("\n");
            }
            assertThat(Duration.ofNanos(cpuNanos() - start)).isLessThan(SHORT);
        }
    }
}
