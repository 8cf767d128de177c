package org.menagerie.plugin.yolo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.modality.cv.output.DetectedObjects;
import ai.djl.modality.cv.output.DetectedObjects.DetectedObject;
import ai.djl.modality.cv.output.Rectangle;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.menagerie.fixtures.Cards;
import org.menagerie.fixtures.FakeNetwork;
import org.menagerie.spi.CardException;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Inference;
import org.menagerie.spi.ModelCard;
import org.menagerie.spi.Origin;
import org.menagerie.spi.Prepared;
import org.menagerie.spi.Tensor;

class YoloDecoderTest {
    /** A picture of 200×100 pixels, letterboxed into 128×128: scale 0.64, bars of 32 above and below. */
    private static final Origin.Image PICTURE = new Origin.Image(200, 100, 128, 128, 0.64, 0.64, 0, 32);

    private static final int DEPTH = 12;

    /** Two pictures, 8×8 cells, two boxes, two classes. */
    private final Tensor grid = Tensor.allocate(ElementType.FLOAT32, 2, 8, 8, DEPTH);

    @Test
    void aCellsNumbersBecomeAnObjectOfThePicture() {
        // Row 4, column 3; centre (3.5, 4.25) cells, 0.5 × 0.25 of the input: 56, 68, 64 and 32 pixels.
        put(0, 4, 3, 1, 0.5f, 0.25f, (float) Math.sqrt(0.5), 0.5f, 0.8f);
        classes(0, 4, 3, 0.1f, 0.9f);
        DetectedObjects objects = decode(settings(null)).get(0);
        assertThat(objects.getNumberOfObjects()).isEqualTo(1);
        DetectedObject object = objects.item(0);
        assertThat(object.getClassName()).isEqualTo("cat");
        assertThat(object.getProbability()).isCloseTo(0.72, within(1e-6));
        Rectangle box = object.getBoundingBox().getBounds();
        assertThat(box.getX() * 200).isCloseTo((56 - 32) / 0.64, within(1e-3));
        assertThat(box.getY() * 100).isCloseTo((68 - 16 - 32) / 0.64, within(1e-3));
        assertThat(box.getWidth() * 200).isCloseTo(64 / 0.64, within(1e-3));
        assertThat(box.getHeight() * 100).isCloseTo(32 / 0.64, within(1e-3));
    }

    @Test
    void ofOverlappingBoxesOfAClassTheBestStaysAndBoxesEndWithThePicture() {
        put(1, 0, 0, 0, 0.5f, 0.5f, 1, 1, 0.9f);
        put(1, 0, 0, 1, 0.6f, 0.5f, 1, 1, 0.7f);
        classes(1, 0, 0, 1, 0.6f);
        List<DetectedObjects> answers = decode(settings(null));
        assertThat(answers.get(0).getNumberOfObjects()).isZero();
        DetectedObjects objects = answers.get(1);
        assertThat(objects.<DetectedObject>items().stream().map(DetectedObject::getClassName))
                .containsExactly("dog", "cat");
        assertThat(objects.getProbabilities().get(0)).isCloseTo(0.9, within(1e-6));
        Rectangle box = ((DetectedObject) objects.item(0)).getBoundingBox().getBounds();
        assertThat(List.of(box.getX(), box.getY())).containsExactly(0.0, 0.0);
        assertThat(box.getWidth() * 200).isCloseTo((8 + 64) / 0.64, within(1e-3));
        assertThat(decode(new YoloSettings(null, null, null, 1)).get(1).getNumberOfObjects())
                .isEqualTo(1);
    }

    @Test
    void unsureAndBrokenNumbersAreNoObjects() {
        put(0, 1, 1, 0, 0.5f, 0.5f, 0.3f, 0.3f, 0.5f);
        put(0, 1, 1, 1, 0.5f, Float.NaN, 0.3f, 0.3f, 0.9f);
        classes(0, 1, 1, 0.4f, Float.NaN);
        put(0, 2, 2, 0, 0.5f, 0.5f, 0.3f, 0.3f, -3);
        classes(0, 2, 2, -3, 5);
        assertThat(decode(settings(null)).get(0).getNumberOfObjects()).isZero();
        assertThat(decode(settings(0.1)).get(0).getNumberOfObjects()).isEqualTo(1);
    }

    @Test
    void anotherNumberOfLabelsIsAnError() {
        assertThatThrownBy(() -> decode(settings(null), List.of("dog", "cat", "bird")))
                .isInstanceOf(CardException.class)
                .hasMessage("Model 'pets' gives 12 numbers a cell, 5 a box and one a label; its card lists 3 labels");
        assertThatThrownBy(() -> settings(2.0)).hasMessage("threshold must be 0 to 1, not 2.0");
        assertThatThrownBy(() -> new YoloSettings(null, null, null, 0)).hasMessageContaining("most");
    }

    private static YoloSettings settings(@org.jspecify.annotations.Nullable Double threshold) {
        return new YoloSettings(null, threshold, null, null);
    }

    private void put(int picture, int row, int column, int box, float... values) {
        grid.floats().put(((picture * 8 + row) * 8 + column) * DEPTH + 5 * box, values);
    }

    private void classes(int picture, int row, int column, float dog, float cat) {
        grid.floats().put(((picture * 8 + row) * 8 + column) * DEPTH + 10, new float[] {dog, cat});
    }

    private List<DetectedObjects> decode(YoloSettings settings) {
        return decode(settings, List.of("dog", "cat"));
    }

    private List<DetectedObjects> decode(YoloSettings settings, List<String> labels) {
        ModelCard card = Cards.labelled("pets", "object-detection", labels);
        return new YoloDecoder(settings, card)
                .decode(
                        new Prepared(Map.of(), List.of(PICTURE, PICTURE)),
                        new Inference(Map.of("grid", grid), FakeNetwork.NEVER_ASKED));
    }
}
