package org.menagerie.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.modality.cv.BufferedImageFactory;
import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.output.CategoryMask;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.menagerie.fixtures.Cards;
import org.menagerie.fixtures.FakeNetwork;
import org.menagerie.spi.CardException;
import org.menagerie.spi.Inference;
import org.menagerie.spi.ModelCard;
import org.menagerie.spi.Network;
import org.menagerie.spi.Origin;
import org.menagerie.spi.Prepared;
import org.menagerie.spi.Tensor;
import org.menagerie.spi.ZooException;

class SegmentationDecoderTest {
    /** A network whose class 1 is what is bright, looked at through the preprocessor: the mask lies on the picture. */
    @ParameterizedTest(name = "{0}, a picture of {1}x{2}, margin {3}")
    @CsvSource({
        "STRETCH,64,64,0",
        "STRETCH,97,41,0",
        "LETTERBOX,201,77,0",
        "LETTERBOX,33,150,0",
        "CENTER_CROP,120,90,0",
        "STRETCH,96,128,8",
        "LETTERBOX,120,64,12"
    })
    void masksLieOnThePictureAsItWas(Resize resize, int width, int height, int margin) {
        Image picture = rightHalfBright(width, height);
        ImageSettings settings = new ImageSettings(
                "x", 64, 64, Channels.GRAY, resize, null, null, null, null, null, null, 0.0, null, null, null, null);
        Prepared prepared = new ImagePreprocessor(settings).prepare(List.of(picture));
        Origin.Image origin = (Origin.Image) prepared.origins().get(0);
        float[] pixels = prepared.tensors().values().iterator().next().toFloatArray();
        int side = 64 - 2 * margin;
        float[] scores = new float[2 * side * side];
        for (int i = 0; i < side * side; i++) {
            scores[i] = .5f;
            scores[side * side + i] = pixels[(margin + i / side) * 64 + margin + i % side];
        }
        int[][] mask = decode(margin, List.of(), prepared, Tensor.of(scores, 1, 2, side, side))
                .get(0)
                .getMask();

        assertThat(mask).hasDimensions(height, width);
        int edge = (int) Math.ceil(1 / origin.scaleX());
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double inputX = (x + .5) * origin.scaleX() + origin.offsetX();
                double inputY = (y + .5) * origin.scaleY() + origin.offsetY();
                double inside = Math.min(Math.min(inputX, inputY) - margin, 64 - margin - Math.max(inputX, inputY));
                boolean seen = inside > 0;
                if (Math.abs(x - width / 2) > edge && Math.abs(inside) > 1e-9) {
                    assertThat(mask[y][x]).as("(%d, %d)", x, y).isEqualTo(seen && x > width / 2 ? 1 : 0);
                }
            }
        }
    }

    private static Image rightHalfBright(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = width / 2; x < width; x++) {
                image.setRGB(x, y, 0xFFFFFF);
            }
        }
        return new BufferedImageFactory().fromImage(image);
    }

    @Test
    void eachPictureOfABatchHasItsOwnMask() {
        Prepared prepared = new Prepared(Map.of(), List.of(pixels(1, 2), pixels(1, 2)));
        Tensor scores = Tensor.of(new float[] {1, 0, 0, 2, 0, 5, 3, 4}, 2, 2, 2, 1);
        List<CategoryMask> answers = decode(null, List.of("cat", "dog"), prepared, scores);
        assertThat(answers.get(0).getMask()).isEqualTo(new int[][] {{0}, {1}});
        assertThat(answers.get(1).getMask()).isEqualTo(new int[][] {{1}, {0}});
        assertThat(answers.get(0).getClasses()).containsExactly("cat", "dog");
    }

    @Test
    void oneClassMoreThanLabelsIsTheBackground() {
        Prepared prepared = new Prepared(Map.of(), List.of(pixels(1, 1)));
        Tensor scores = Tensor.of(new float[] {0, 1, 2}, 1, 3, 1, 1);
        assertThat(decode(null, List.of("cat", "dog"), prepared, scores).get(0).getClasses())
                .containsExactly("background", "cat", "dog");
        assertThat(decode(null, List.of(), prepared, scores).get(0).getClasses())
                .containsExactly("0", "1", "2");
        assertThatThrownBy(() -> decode(null, List.of("cat"), prepared, scores))
                .isInstanceOf(CardException.class)
                .hasMessage("Model 'm' tells 3 classes apart, but its card lists 1 labels; expected 3, or 2 without the"
                        + " background");
    }

    @Test
    void aMapOfOneChannelIsTheProbabilityOfItsClass() {
        Prepared prepared = new Prepared(Map.of(), List.of(pixels(2, 1), pixels(2, 1)));
        Tensor map = Tensor.of(new float[] {.4f, .5f, .6f, .9f}, 2, 1, 1, 2);
        List<CategoryMask> answers = decode(null, List.of("person"), prepared, map);
        assertThat(answers.get(0).getMask()).isEqualTo(new int[][] {{0, 0}});
        assertThat(answers.get(1).getMask()).isEqualTo(new int[][] {{1, 1}});
        assertThat(answers.get(0).getClasses()).containsExactly("background", "person");
        var sure = new SegmentationSettings("logits", null, null, null, .7);
        assertThat(read(sure, List.of("person"), prepared, map).get(1).getMask())
                .isEqualTo(new int[][] {{0, 1}});
    }

    @Test
    void channelsMayComeLast() {
        Prepared prepared = new Prepared(Map.of(), List.of(pixels(2, 1), pixels(2, 1)));
        Tensor map = Tensor.of(new float[] {0, 1, 5, 3, 2, 1, 7, 8}, 2, 1, 2, 2);
        var last = new SegmentationSettings("logits", null, null, Layout.NHWC, null);
        List<CategoryMask> answers = read(last, List.of("cat", "dog"), prepared, map);
        assertThat(answers.get(0).getMask()).isEqualTo(new int[][] {{1, 0}});
        assertThat(answers.get(1).getMask()).isEqualTo(new int[][] {{0, 1}});
    }

    @Test
    void aThresholdBelongsToOneChannel() {
        Prepared prepared = new Prepared(Map.of(), List.of(pixels(1, 1)));
        var settings = new SegmentationSettings("logits", null, null, null, .7);
        assertThatThrownBy(() -> read(settings, List.of(), prepared, Tensor.of(new float[] {1, 2}, 1, 2, 1, 1)))
                .isInstanceOf(CardException.class)
                .hasMessage(
                        "The decoder of model 'm' has a threshold, which maps of one channel have; 'logits' is [1,2,1,1]");
        assertThatThrownBy(() -> new SegmentationSettings("logits", null, null, null, Double.NaN))
                .hasMessage("threshold must be a finite number, not NaN");
    }

    @Test
    void whatIsNoMapOfScoresIsRefused() {
        Prepared prepared = new Prepared(Map.of(), List.of(pixels(1, 1)));
        assertThatThrownBy(() -> decode(null, List.of(), prepared, Tensor.of(new float[] {1, 2}, 1, 2)))
                .isInstanceOf(CardException.class)
                .hasMessageContaining("'logits'")
                .hasMessageContaining("[1,2]");
        assertThatThrownBy(() -> decode(null, List.of(), prepared, Tensor.of(new float[] {1, Float.NaN}, 1, 2, 1, 1)))
                .isInstanceOf(ZooException.class)
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> decode(1, List.of(), prepared, Tensor.of(new float[] {1, 2}, 1, 2, 1, 1)))
                .isInstanceOf(CardException.class)
                .hasMessageContaining("margin 1");
        assertThatThrownBy(() -> new SegmentationSettings("logits", -1, null, null, null))
                .hasMessageContaining("margin");
        assertThatThrownBy(() -> new SegmentationSettings("logits", null, -1, null, null))
                .hasMessageContaining("shift");
    }

    /** The network errs by columns; a look one place further right cancels it, whether a place is one pixel or two. */
    @ParameterizedTest(name = "a place for {0} pixels")
    @CsvSource({"1", "2"})
    void aSecondLookIsAveragedWhereItSaw(int stride) {
        int places = 4;
        int side = places * stride;
        float[] pixels = new float[side * side];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = i / side < side / 2 ? 1 : -1;
        }
        Tensor picture = Tensor.of(pixels, 1, 1, side, side);
        Network network = erringByColumns(stride);
        Prepared prepared = new Prepared(Map.of("x", picture), List.of(pixels(side, side)));
        ModelCard card = Cards.labelled("m", "image-segmentation", List.of());
        int[][] mask = new SegmentationDecoder(new SegmentationSettings("logits", null, stride, null, null), card)
                .decode(prepared, new Inference(network.run(prepared.tensors()), network))
                .get(0)
                .getMask();
        for (int y = 0; y < places; y++) {
            for (int x = 0; x < places; x++) {
                boolean bothSaw = x < places - 1 && y < places - 1;
                int expected = bothSaw ? y < places / 2 ? 1 : 0 : x % 2;
                int at = stride / 2; // within the place
                assertThat(mask[y * stride + at][x * stride + at])
                        .as("(%d, %d)", x, y)
                        .isEqualTo(expected);
            }
        }
    }

    /** Class 1 scores a pixel of each place, and 3 more in odd columns of the map, 3 less in even ones. */
    private static Network erringByColumns(int stride) {
        return new FakeNetwork(inputs -> {
            Tensor picture = inputs.values().iterator().next();
            int side = (int) picture.shape().dim(3);
            int places = side / stride;
            float[] scores = new float[2 * places * places];
            for (int i = 0; i < places * places; i++) {
                int x = i % places;
                int y = i / places;
                scores[places * places + i] =
                        picture.floats().get(y * stride * side + x * stride) + (x % 2 == 1 ? 3 : -3);
            }
            return Map.of("logits", Tensor.of(scores, 1, 2, places, places));
        });
    }

    @Test
    void aShiftFitsTheMap() {
        ModelCard card = Cards.labelled("m", "image-segmentation", List.of());
        Network coarse = erringByColumns(2);
        Tensor picture = Tensor.of(new float[16], 1, 1, 4, 4);
        Prepared fed = new Prepared(Map.of("x", picture), List.of(pixels(4, 4)));
        assertThatThrownBy(() -> new SegmentationDecoder(new SegmentationSettings("logits", null, 1, null, null), card)
                        .decode(fed, new Inference(coarse.run(fed.tensors()), coarse)))
                .isInstanceOf(CardException.class)
                .hasMessage(
                        "The decoder of model 'm' has shift 1, which is no whole number of places in a map of width 2"
                                + " over 4 pixels");
    }

    private static Origin.Image pixels(int width, int height) {
        return new Origin.Image(width, height, width, height, 1, 1, 0, 0);
    }

    private static List<CategoryMask> decode(
            @Nullable Integer margin, List<String> labels, Prepared prepared, Tensor scores) {
        return read(new SegmentationSettings("logits", margin, null, null, null), labels, prepared, scores);
    }

    private static List<CategoryMask> read(
            SegmentationSettings settings, List<String> labels, Prepared prepared, Tensor scores) {
        ModelCard card = Cards.labelled("m", "image-segmentation", labels);
        return new SegmentationDecoder(settings, card)
                .decode(prepared, new Inference(Map.of("logits", scores), FakeNetwork.NEVER_ASKED));
    }
}
