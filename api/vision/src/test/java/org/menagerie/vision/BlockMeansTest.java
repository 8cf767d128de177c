package org.menagerie.vision;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlockMeansTest {
    private static BufferedImage noise(int width, int height, int type) {
        Random random = new Random(width * 31L + height);
        BufferedImage image = new BufferedImage(width, height, type);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, random.nextInt(4) == 0 ? 0xFFFFFF : random.nextInt());
            }
        }
        return image;
    }

    @ParameterizedTest
    @CsvSource({
        "4, 4, 9, 7",
        "1, 2, 5, 3",
        "3, 1, 8, 2",
        "2, 2, 1, 1",
        "15, 256, 2, 1",
        "2, 257, 3, 2",
        "8, 64, 3, 2",
        "8, 65, 3, 2",
        "6, 7, 5, 3",
        "63, 65, 1, 2",
        "5, 3, 11, 4"
    })
    void isTheMeanOfEachBlockRoundedHalfUp(int wide, int high, int width, int height) {
        BufferedImage image = noise(wide * width, high * height, BufferedImage.TYPE_3BYTE_BGR);
        PixelRows rows = BlockMeans.of(image, width, height).orElseThrow();
        byte[] row = new byte[3 * width];
        for (int y = 0; y < height; y++) {
            rows.read(y, 0, width, row);
            for (int x = 0; x < width; x++) {
                for (int c = 0; c < 3; c++) {
                    assertThat(row[3 * x + c] & 0xFF).isEqualTo(mean(image, x * wide, y * high, wide, high, c));
                }
            }
        }
    }

    private static int mean(BufferedImage image, int left, int top, int wide, int high, int channel) {
        long sum = 0;
        for (int y = top; y < top + high; y++) {
            for (int x = left; x < left + wide; x++) {
                sum += (image.getRGB(x, y) >> (16 - 8 * channel)) & 0xFF;
            }
        }
        return (int) Math.floor((double) sum / (wide * high) + 0.5);
    }

    @ParameterizedTest
    @CsvSource({"4, 4", "3, 2"})
    void takesChannelsFromWhereTheyAreStored(int wide, int high) {
        BufferedImage bgr = noise(wide * 5, high * 3, BufferedImage.TYPE_3BYTE_BGR);
        WritableRaster raster = Raster.createInterleavedRaster(
                DataBuffer.TYPE_BYTE,
                bgr.getWidth(),
                bgr.getHeight(),
                3 * bgr.getWidth(),
                3,
                new int[] {1, 2, 0},
                null);
        raster.setRect(bgr.getRaster());
        BufferedImage image = new BufferedImage(bgr.getColorModel(), raster, false, null);
        byte[] expected = new byte[15];
        byte[] row = new byte[15];
        BlockMeans.of(bgr, 5, 3).orElseThrow().read(1, 0, 5, expected);
        BlockMeans.of(image, 5, 3).orElseThrow().read(1, 0, 5, row);
        assertThat(row).isEqualTo(expected);
    }

    @Test
    void readsPartsOfRowsAndOfPictures() {
        BufferedImage whole = noise(40, 30, BufferedImage.TYPE_3BYTE_BGR);
        BufferedImage part = whole.getSubimage(7, 5, 24, 20);
        PixelRows rows = BlockMeans.of(part, 12, 5).orElseThrow();
        byte[] row = new byte[3 * 4];
        rows.read(3, 6, 4, row);
        for (int x = 0; x < 4; x++) {
            assertThat(row[3 * x + 1] & 0xFF).isEqualTo(mean(part, 2 * (6 + x), 4 * 3, 2, 4, 1));
        }
    }

    @Test
    void leavesOtherPicturesToTheFilters() {
        assertThat(BlockMeans.of(noise(9, 8, BufferedImage.TYPE_3BYTE_BGR), 4, 4))
                .isEmpty();
        assertThat(BlockMeans.of(noise(8, 8, BufferedImage.TYPE_3BYTE_BGR), 8, 8))
                .isEmpty();
        assertThat(BlockMeans.of(noise(3, 3, BufferedImage.TYPE_3BYTE_BGR), 6, 3))
                .isEmpty();
        assertThat(BlockMeans.of(noise(2, 516, BufferedImage.TYPE_3BYTE_BGR), 2, 2))
                .isEmpty();
        assertThat(BlockMeans.of(noise(128, 64, BufferedImage.TYPE_3BYTE_BGR), 1, 1))
                .isEmpty();
        assertThat(BlockMeans.of(noise(8, 8, BufferedImage.TYPE_INT_RGB), 4, 4)).isEmpty();
        assertThat(BlockMeans.of(noise(8, 8, BufferedImage.TYPE_4BYTE_ABGR), 4, 4))
                .isEmpty();
        assertThat(BlockMeans.of(noise(8, 8, BufferedImage.TYPE_BYTE_GRAY), 4, 4))
                .isEmpty();
    }
}
