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
import org.menagerie.spi.MergingDecoder;
import org.menagerie.spi.ModelCard;
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
        var sure = new SegmentationSettings("logits", null, null, .7);
        assertThat(read(sure, List.of("person"), prepared, map).get(1).getMask())
                .isEqualTo(new int[][] {{0, 1}});
    }

    @Test
    void channelsMayComeLast() {
        Prepared prepared = new Prepared(Map.of(), List.of(pixels(2, 1), pixels(2, 1)));
        Tensor map = Tensor.of(new float[] {0, 1, 5, 3, 2, 1, 7, 8}, 2, 1, 2, 2);
        var last = new SegmentationSettings("logits", null, Layout.NHWC, null);
        List<CategoryMask> answers = read(last, List.of("cat", "dog"), prepared, map);
        assertThat(answers.get(0).getMask()).isEqualTo(new int[][] {{1, 0}});
        assertThat(answers.get(1).getMask()).isEqualTo(new int[][] {{0, 1}});
    }

    @Test
    void aThresholdBelongsToOneChannel() {
        Prepared prepared = new Prepared(Map.of(), List.of(pixels(1, 1)));
        var settings = new SegmentationSettings("logits", null, null, .7);
        assertThatThrownBy(() -> read(settings, List.of(), prepared, Tensor.of(new float[] {1, 2}, 1, 2, 1, 1)))
                .isInstanceOf(CardException.class)
                .hasMessage(
                        "The decoder of model 'm' has a threshold, which maps of one channel have; 'logits' is [1,2,1,1]");
        assertThatThrownBy(() -> new SegmentationSettings("logits", null, null, Double.NaN))
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
        assertThatThrownBy(() -> new SegmentationSettings("logits", -1, null, null))
                .hasMessageContaining("margin");
    }

    /** Two looks at a map of logits: class 1 is sure in the mirrored one, class 0 nearly sure in the plain one. */
    @Test
    void probabilitiesOfLooksAreAveraged() {
        Tensor plain = Tensor.of(new float[] {9, 9, 0, 0}, 1, 2, 1, 2);
        Tensor mirrored = Tensor.of(new float[] {0, 9, 20, 0}, 1, 2, 1, 2);
        SegmentationDecoder decoder = new SegmentationDecoder(SegmentationSettings.of("logits"), CARD);
        Origin.Image behind = new Origin.Image(2, 1, 2, 1, -1, 1, 2, 0);
        int[] row = decoder.merge(List.of(seen(plain, pixels(2, 1)), seen(mirrored, behind)))
                .get(0)
                .getMask()[0];
        // Left: .9999 against 1 - .9999; right: .9999 against 1 of the mirrored look's left place.
        assertThat(row).containsExactly(0, 1);
    }

    /** Places that a look did not see are answered by the others. */
    @Test
    void whatALookDidNotSeeIsAnsweredByTheOthers() {
        Tensor plain = Tensor.of(new float[] {9, 9, 0, 0}, 1, 2, 1, 2);
        Tensor moved = Tensor.of(new float[] {0, 0, 20, 20}, 1, 2, 1, 2);
        SegmentationDecoder decoder = new SegmentationDecoder(SegmentationSettings.of("logits"), CARD);
        Origin.Image right = new Origin.Image(2, 1, 2, 1, 1, 1, 1, 0);
        int[] row = decoder.merge(List.of(seen(plain, pixels(2, 1)), seen(moved, right)))
                .get(0)
                .getMask()[0];
        assertThat(row).containsExactly(1, 0);
    }

    /** A map of one channel is averaged as it is, whatever number it is held against. */
    @Test
    void mapsOfOneChannelAreAveragedAgainstTheThreshold() {
        Tensor plain = Tensor.of(new float[] {.4f, .9f}, 1, 1, 1, 2);
        Tensor again = Tensor.of(new float[] {.7f, .2f}, 1, 1, 1, 2);
        SegmentationDecoder decoder =
                new SegmentationDecoder(new SegmentationSettings("logits", null, null, 0.54), CARD);
        int[] row = decoder.merge(List.of(seen(plain, pixels(2, 1)), seen(again, pixels(2, 1))))
                .get(0)
                .getMask()[0];
        assertThat(row).containsExactly(1, 1);
    }

    private static final ModelCard CARD = Cards.labelled("m", "image-segmentation", List.of());

    private static MergingDecoder.Seen seen(Tensor logits, Origin.Image picture) {
        return new MergingDecoder.Seen(
                new Prepared(Map.of(), List.of(picture)),
                new Inference(Map.of("logits", logits), FakeNetwork.NEVER_ASKED));
    }

    private static Origin.Image pixels(int width, int height) {
        return new Origin.Image(width, height, width, height, 1, 1, 0, 0);
    }

    private static List<CategoryMask> decode(
            @Nullable Integer margin, List<String> labels, Prepared prepared, Tensor scores) {
        return read(new SegmentationSettings("logits", margin, null, null), labels, prepared, scores);
    }

    private static List<CategoryMask> read(
            SegmentationSettings settings, List<String> labels, Prepared prepared, Tensor scores) {
        ModelCard card = Cards.labelled("m", "image-segmentation", labels);
        return new SegmentationDecoder(settings, card)
                .decode(prepared, new Inference(Map.of("logits", scores), FakeNetwork.NEVER_ASKED));
    }
}
