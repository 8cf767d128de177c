package org.menagerie.plugin.yolox;

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
import org.menagerie.spi.Inference;
import org.menagerie.spi.Origin;
import org.menagerie.spi.Prepared;
import org.menagerie.spi.Tensor;

class AnchorFreeDecoderTest {
    /** A picture of 128×64 pixels at half its size in the upper left corner of 64×64. */
    private static final Origin.Image PICTURE = new Origin.Image(128, 64, 64, 64, 0.5, 0.5, 0, 0);

    private static final int BOXES = 64 + 16 + 4;
    private static final int DEPTH = 7;

    private final float[] rows = new float[BOXES * DEPTH];

    @Test
    void cellsAreRowsOfTheGridsOneAfterTheOther() {
        // The second grid, stride 16, row 1, column 2: centre (2.5, 1.25) cells, 40 and 20 pixels; 32 by 8 pixels of
        // the input.
        put(64 + 4 + 2, 0.5f, 0.25f, log(2), log(0.5), 0.8f, 0.1f, 0.9f);
        // The third grid, stride 32, row 0, column 1.
        put(64 + 16 + 1, 0, 0, log(1), log(0.5), 0.5f, 0.9f, 0);
        List<DetectedObject> objects = decode(AnchorFreeSettings.of("output"), rows);
        assertThat(objects).hasSize(2);
        assertThat(objects.get(0).getClassName()).isEqualTo("dog");
        assertThat(objects.get(0).getProbability()).isCloseTo(0.72, within(1e-6));
        isAt(objects.get(0), 2 * 24, 2 * 16, 2 * 32, 2 * 8);
        assertThat(objects.get(1).getClassName()).isEqualTo("cat");
        assertThat(objects.get(1).getProbability()).isCloseTo(0.45, within(1e-6));
        // Its upper half lies outside.
        isAt(objects.get(1), 2 * 16, 0, 2 * 32, 2 * 8);
    }

    /** As YOLOv8 gives them: a column for each box, in pixels, without objectness. */
    @Test
    void otherLayoutsGiveTheSame() {
        float[] columns = new float[3 * 6];
        float[] box = {40, 20, 32, 8, 0.1f, 0.72f};
        for (int k = 0; k < box.length; k++) {
            columns[3 * k + 1] = box[k];
        }
        var settings = new AnchorFreeSettings("output", true, BoxCoding.PIXELS, false, null, null, null, null);
        List<DetectedObject> objects = decode(settings, Tensor.of(columns, 1, 6, 3), List.of("cat", "dog"));
        assertThat(objects).hasSize(1);
        assertThat(objects.get(0).getClassName()).isEqualTo("dog");
        isAt(objects.get(0), 48, 32, 64, 16);
    }

    @Test
    void ofOverlappingBoxesOfAClassTheBestStays() {
        put(0, 2, 2, log(3), log(3), 1, 0.8f, 0.4f);
        put(1, 1, 2, log(3), log(3), 1, 0.9f, 0);
        assertThat(decode(AnchorFreeSettings.of("output"), rows))
                .extracting(DetectedObject::getClassName)
                .containsExactly("cat", "dog");
        var one = new AnchorFreeSettings("output", null, null, null, null, null, null, 1);
        assertThat(decode(one, rows)).extracting(DetectedObject::getProbability).containsExactly((double) 0.9f);
        var loose = new AnchorFreeSettings("output", null, null, null, null, null, 1.0, null);
        assertThat(decode(loose, rows)).hasSize(3);
    }

    @Test
    void unsureAndBrokenNumbersAreNoObjects() {
        put(0, 2, 2, 0, 0, 0.5f, 0.5f, 0);
        put(9, Float.NaN, 2, 0, 0, 1, 1, 0);
        put(12, 2, 2, 0, 0, Float.NaN, 1, 0);
        assertThat(decode(AnchorFreeSettings.of("output"), rows)).isEmpty();
        var low = new AnchorFreeSettings("output", null, null, null, null, 0.2, null, null);
        assertThat(decode(low, rows)).hasSize(1);
    }

    @Test
    void whatDoesNotFitIsNamed() {
        AnchorFreeSettings plain = AnchorFreeSettings.of("output");
        assertThatThrownBy(() -> decode(plain, Tensor.of(rows, 1, BOXES, DEPTH), List.of("cat")))
                .isInstanceOf(CardException.class)
                .hasMessage(
                        "Output 'output' of model 'pets' is [1,84,7], 7 numbers a box; its card's 1 labels need 6 with objectness");
        assertThatThrownBy(() -> decode(plain, Tensor.of(new float[70], 1, 10, DEPTH), List.of("cat", "dog")))
                .isInstanceOf(CardException.class)
                .hasMessage(
                        "Model 'pets' gives 10 boxes; grids of strides [8, 16, 32] over 64x64 pixels have 84 cells: set strides,"
                                + " or boxes: pixels");
        assertThatThrownBy(() -> new AnchorFreeSettings("o", null, null, null, null, 1.5, null, null))
                .hasMessage("threshold must be 0 to 1, not 1.5");
        assertThatThrownBy(() -> new AnchorFreeSettings("o", null, null, null, List.of(0), null, null, null))
                .hasMessage("strides must be one or more numbers of pixels above 0, not [0]");
        assertThatThrownBy(
                        () -> new AnchorFreeSettings("o", null, BoxCoding.PIXELS, null, List.of(8), null, null, null))
                .hasMessage("strides belong to boxes: grid; boxes is pixels");
        assertThatThrownBy(() -> new AnchorFreeSettings("o", null, null, null, null, null, null, 0))
                .hasMessage("most must be at least 1, not 0");
    }

    private static float log(double times) {
        return (float) Math.log(times);
    }

    private void put(int cell, float... values) {
        System.arraycopy(values, 0, rows, cell * DEPTH, DEPTH);
    }

    private static void isAt(DetectedObject object, double x, double y, double width, double height) {
        Rectangle box = object.getBoundingBox().getBounds();
        assertThat(box.getX() * PICTURE.width()).isCloseTo(x, within(1e-3));
        assertThat(box.getY() * PICTURE.height()).isCloseTo(y, within(1e-3));
        assertThat(box.getWidth() * PICTURE.width()).isCloseTo(width, within(1e-3));
        assertThat(box.getHeight() * PICTURE.height()).isCloseTo(height, within(1e-3));
    }

    private static List<DetectedObject> decode(AnchorFreeSettings settings, float[] rows) {
        return decode(settings, Tensor.of(rows, 1, BOXES, DEPTH), List.of("cat", "dog"));
    }

    private static List<DetectedObject> decode(AnchorFreeSettings settings, Tensor output, List<String> labels) {
        DetectedObjects answer = new AnchorFreeDecoder(settings, Cards.labelled("pets", "object-detection", labels))
                .decode(
                        new Prepared(Map.of(), List.of(PICTURE)),
                        new Inference(Map.of("output", output), FakeNetwork.NEVER_ASKED))
                .get(0);
        return answer.items();
    }
}
