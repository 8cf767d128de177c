package org.menagerie.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.modality.cv.BufferedImageFactory;
import ai.djl.modality.cv.Image;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Origin;
import org.menagerie.spi.Prepared;
import org.menagerie.spi.Tensor;

class ImagePreprocessorTest {
    @Test
    void normalisesEachChannelIntoItsPlane() {
        Prepared prepared = prepare(
                settings(Channels.RGB, Resize.NONE, 2, 1, List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225)),
                image(2, 1, 0x102030, 0xFF0080));
        assertThat(tensor(prepared)).hasToString("f32[1,3,1,2]");
        assertThat(tensor(prepared).toFloatArray())
                .usingComparatorWithPrecision(1e-6f)
                .containsExactly(
                        normal(0x10, .485, .229),
                        normal(0xFF, .485, .229),
                        normal(0x20, .456, .224),
                        normal(0x00, .456, .224),
                        normal(0x30, .406, .225),
                        normal(0x80, .406, .225));
    }

    @Test
    void bgrTurnsTheOrderAndNotTheStatistics() {
        Prepared prepared = prepare(
                settings(Channels.BGR, Resize.NONE, 1, 1, List.of(0.1, 0.2, 0.3), List.of(1.0)), image(1, 1, 0x102030));
        assertThat(tensor(prepared).toFloatArray())
                .usingComparatorWithPrecision(1e-6f)
                .containsExactly(normal(0x30, .1, 1), normal(0x20, .2, 1), normal(0x10, .3, 1));
    }

    @Test
    void letterboxCentresThePictureAndTheOriginUndoesIt() {
        ImageSettings settings = new ImageSettings(
                "x",
                8,
                8,
                Channels.GRAY,
                Resize.LETTERBOX,
                null,
                null,
                1.0,
                null,
                null,
                null,
                7.0,
                null,
                null,
                null,
                null);
        Prepared prepared = prepare(settings, filled(16, 8, 0xC8C8C8));
        float[] samples = tensor(prepared).toFloatArray();
        for (int y = 0; y < 8; y++) {
            assertThat(samples[y * 8 + 3]).as("row %d", y).isEqualTo(y < 2 || y >= 6 ? 7 : 200);
        }
        Origin.Image origin = (Origin.Image) prepared.origins().get(0);
        assertThat(origin.originalX(0)).isZero();
        assertThat(origin.originalY(2)).isZero();
        assertThat(origin.originalX(8)).isEqualTo(16);
        assertThat(origin.originalY(6)).isEqualTo(8);
    }

    @Test
    void letterboxTopLeftPutsTheBarsRightAndBelow() {
        ImageSettings settings = new ImageSettings(
                "x",
                8,
                8,
                Channels.GRAY,
                Resize.LETTERBOX_TOP_LEFT,
                null,
                null,
                1.0,
                null,
                null,
                null,
                7.0,
                null,
                null,
                null,
                null);
        Prepared prepared = prepare(settings, filled(20, 11, 0xC8C8C8));
        float[] samples = tensor(prepared).toFloatArray();
        for (int y = 0; y < 8; y++) {
            assertThat(samples[y * 8]).as("row %d", y).isEqualTo(y < 4 ? 200 : 7);
        }
        Origin.Image origin = (Origin.Image) prepared.origins().get(0);
        assertThat(origin.originalX(0)).isZero();
        assertThat(origin.originalY(0)).isZero();
        assertThat(origin.originalX(8)).isEqualTo(20);
        // 11 pixels become 4.4 of the input, of which 4 are whole.
        assertThat(origin.originalY(4)).isEqualTo(11);
        float[] high = tensor(prepare(settings, filled(4, 8, 0xC8C8C8))).toFloatArray();
        assertThat(Arrays.copyOf(high, 8)).containsExactly(200, 200, 200, 200, 7, 7, 7, 7);
    }

    @Test
    void letterboxFillsBothSidesInNhwcToo() {
        ImageSettings settings = new ImageSettings(
                "x",
                4,
                4,
                null,
                Resize.LETTERBOX,
                null,
                null,
                1.0,
                null,
                null,
                Layout.NHWC,
                9.0,
                null,
                null,
                null,
                null);
        Prepared prepared = prepare(settings, filled(2, 4, 0x010203));
        assertThat(tensor(prepared).toFloatArray())
                .startsWith(9, 9, 9, 1, 2, 3, 1, 2, 3, 9, 9, 9)
                .endsWith(9, 9, 9, 1, 2, 3, 1, 2, 3, 9, 9, 9);
    }

    @Test
    void centerCropCutsTheMiddleAsTorchvisionDoes() {
        ImageSettings settings = new ImageSettings(
                "x",
                2,
                2,
                Channels.GRAY,
                Resize.CENTER_CROP,
                null,
                null,
                1.0,
                null,
                null,
                null,
                null,
                4,
                null,
                null,
                null);
        BufferedImage image = new BufferedImage(7, 4, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < 28; i++) {
            image.getRaster().setSample(i % 7, i / 7, 0, i);
        }
        // (7 - 2) / 2 = 2.5 is rounded to the even 2.
        assertThat(tensor(prepare(settings, wrap(image))).toFloatArray()).containsExactly(9, 10, 16, 17);
    }

    @Test
    void multipleRoundsBothSidesAndKeysBatchesBySize() {
        ImageSettings settings = new ImageSettings(
                "x", null, null, null, Resize.MULTIPLE, null, false, null, null, null, null, null, null, 960, 32, null);
        ImagePreprocessor preprocessor = new ImagePreprocessor(settings);
        assertThat(tensor(preprocessor.prepare(List.of(filled(448, 172, 0)))).shape())
                .hasToString("[1,3,160,448]");
        assertThat(tensor(preprocessor.prepare(List.of(filled(1920, 1080, 0)))).shape())
                .hasToString("[1,3,544,960]");
        assertThat(tensor(preprocessor.prepare(List.of(filled(1, 1, 0)))).shape())
                .hasToString("[1,3,32,32]");
        assertThat(preprocessor.batchKey(filled(448, 172, 0)))
                .isEqualTo(preprocessor.batchKey(filled(450, 170, 0)))
                .isNotEqualTo(preprocessor.batchKey(filled(172, 448, 0)));
    }

    @Test
    void linesKeepTheirAspectRatioInABatchAsWideAsTheWidest() {
        ImageSettings settings = new ImageSettings(
                "x", 10, 4, Channels.GRAY, Resize.LINE, null, false, 1.0, null, null, null, 7.0, null, 30, null, null);
        ImagePreprocessor preprocessor = new ImagePreprocessor(settings);
        float[] samples = tensor(preprocessor.prepare(List.of(filled(8, 8, 0x646464), filled(24, 8, 0xC8C8C8))))
                .toFloatArray();
        assertThat(samples).hasSize(2 * 4 * 12);
        assertThat(samples).startsWith(100, 100, 100, 100, 7, 7, 7, 7, 7, 7, 7, 7, 100);
        assertThat(samples[48 + 11]).isEqualTo(200);
        assertThat(tensor(preprocessor.prepare(List.of(filled(8, 8, 0)))).shape())
                .hasToString("[1,1,4,10]");
        assertThat(tensor(preprocessor.prepare(List.of(filled(800, 8, 0)))).shape())
                .hasToString("[1,1,4,30]");
    }

    @Test
    void aBatchHoldsEachPictureInItsOrder() {
        ImagePreprocessor preprocessor =
                new ImagePreprocessor(settings(Channels.GRAY, Resize.STRETCH, 1, 1, List.of(0.0), List.of(1.0)));
        Prepared prepared = preprocessor.prepare(List.of(filled(3, 5, 0), filled(9, 2, 0xFFFFFF), filled(1, 1, 0)));
        assertThat(tensor(prepared).toFloatArray()).containsExactly(0, 1, 0);
        assertThat(prepared.size()).isEqualTo(3);
    }

    @Test
    void extremeShapesAreResized() {
        ImageSettings settings = settings(Channels.RGB, Resize.LETTERBOX, 64, 64, List.of(0.0), List.of(1.0));
        for (Image image :
                List.of(filled(20_000, 10, 0x808080), filled(10, 20_000, 0x808080), filled(1, 1, 0x808080))) {
            assertThat(tensor(prepare(settings, image)).toFloatArray()[31 * 64 + 31])
                    .isCloseTo(128 / 255f, within(1e-6f));
        }
    }

    @Test
    void everyRasterTypeGivesTheSameSamples() {
        int[] types = {
            BufferedImage.TYPE_INT_RGB,
            BufferedImage.TYPE_INT_ARGB,
            BufferedImage.TYPE_INT_ARGB_PRE,
            BufferedImage.TYPE_INT_BGR,
            BufferedImage.TYPE_3BYTE_BGR,
            BufferedImage.TYPE_4BYTE_ABGR,
            BufferedImage.TYPE_4BYTE_ABGR_PRE
        };
        ImageSettings settings = new ImageSettings(
                "x", null, null, null, null, null, null, 1.0, null, null, Layout.NHWC, null, null, null, null, null);
        for (int type : types) {
            BufferedImage image = new BufferedImage(5, 4, type);
            image.setRGB(3, 2, 0xFF0A1428);
            image.setRGB(4, 3, 0xFF1E3C78);
            BufferedImage part = image.getSubimage(2, 1, 3, 3);
            float[] samples = tensor(prepare(settings, wrap(part))).toFloatArray();
            assertThat(java.util.Arrays.copyOfRange(samples, (1 * 3 + 1) * 3, (1 * 3 + 1) * 3 + 3))
                    .as("type %d", type)
                    .containsExactly(10, 20, 40);
            assertThat(java.util.Arrays.copyOfRange(samples, 24, 27))
                    .as("type %d", type)
                    .containsExactly(30, 60, 120);
        }
    }

    @Test
    void aPictureOfAnotherSizeIsNamedWhereNothingMayBeResized() {
        ImageSettings settings = settings(Channels.GRAY, Resize.NONE, 28, 28, List.of(0.0), List.of(1.0));
        assertThatThrownBy(() -> prepare(settings, filled(32, 28, 0)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The model takes pictures of 28x28 pixels; this one has 32x28");
    }

    @Test
    void settingsAreChecked() {
        assertThatThrownBy(() -> settings(Channels.RGB, Resize.NONE, 0, 1, List.of(0.0), List.of(1.0)))
                .hasMessage("width must be 1 to 16,384 pixels, not 0");
        assertThatThrownBy(() -> settings(Channels.RGB, Resize.NONE, 1, 1, List.of(0.0, 1.0), List.of(1.0)))
                .hasMessage("mean needs 1 value or 3, one a channel, not 2");
        assertThatThrownBy(() -> settings(Channels.RGB, Resize.NONE, 1, 1, List.of(0.0), List.of(0.0)))
                .hasMessage("std must not be 0");
        assertThatThrownBy(() -> settings(Channels.RGB, Resize.STRETCH, null, null, List.of(0.0), List.of(1.0)))
                .hasMessage("resize: stretch needs width and height");
    }

    private static float normal(int sample, double mean, double std) {
        return (float) ((sample / 255.0 - mean) / std);
    }

    private static ImageSettings settings(
            Channels channels,
            Resize resize,
            @Nullable Integer width,
            @Nullable Integer height,
            List<Double> mean,
            List<Double> std) {
        return new ImageSettings(
                "x", width, height, channels, resize, null, null, null, mean, std, null, null, null, null, null, null);
    }

    private static Prepared prepare(ImageSettings settings, Image image) {
        return new ImagePreprocessor(settings).prepare(List.of(image));
    }

    private static Tensor tensor(Prepared prepared) {
        return Objects.requireNonNull(prepared.tensors().get("x"));
    }

    private static Image filled(int width, int height, int rgb) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, rgb);
            }
        }
        return wrap(image);
    }

    private static Image image(int width, int height, int... rgb) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        image.setRGB(0, 0, width, height, rgb, 0, width);
        return wrap(image);
    }

    private static Image wrap(BufferedImage image) {
        return new BufferedImageFactory().fromImage(image);
    }
}
