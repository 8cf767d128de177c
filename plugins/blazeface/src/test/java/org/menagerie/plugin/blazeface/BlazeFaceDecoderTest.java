package org.menagerie.plugin.blazeface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.modality.cv.output.DetectedObjects;
import ai.djl.modality.cv.output.DetectedObjects.DetectedObject;
import ai.djl.modality.cv.output.Point;
import ai.djl.modality.cv.output.Rectangle;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.menagerie.fixtures.Cards;
import org.menagerie.fixtures.FakeNetwork;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Inference;
import org.menagerie.spi.Origin;
import org.menagerie.spi.Prepared;
import org.menagerie.spi.Tensor;

class BlazeFaceDecoderTest {
    private static final BlazeFaceSettings SETTINGS =
            new BlazeFaceSettings(List.of("s16", "s8"), List.of("b16", "b8"), null, null);
    /** A picture of 200x100 pixels, letterboxed into 128x128: scale 0.64, bars of 32 above and below. */
    private static final Origin.Image PICTURE = new Origin.Image(200, 100, 128, 128, 0.64, 0.64, 0, 32);

    private final Map<String, Tensor> outputs = Map.of(
            "s16", filled(-50, 1, 512, 1),
            "s8", filled(-50, 1, 384, 1),
            "b16", filled(0, 1, 512, 16),
            "b8", filled(0, 1, 384, 16));

    @Test
    void anAnchorsValuesBecomeABoxAndPointsOfThePicture() {
        // Row 8, column 3 of the 16x16 grid, second anchor: centre (28, 68).
        set("s16", "b16", (8 * 16 + 3) * 2 + 1, 2, new float[] {4, -4, 16, 32, 1, 2});
        DetectedObjects faces = decode();
        assertThat(faces.getNumberOfObjects()).isEqualTo(1);
        DetectedObject face = faces.item(0);
        assertThat(face.getClassName()).isEqualTo("face");
        assertThat(face.getProbability()).isCloseTo(1 / (1 + Math.exp(-2)), within(1e-6));
        Rectangle box = face.getBoundingBox().getBounds();
        assertThat(box.getX() * 200).isCloseTo((28 + 4 - 8) / 0.64, within(1e-3));
        assertThat(box.getY() * 100).isCloseTo((68 - 4 - 16 - 32) / 0.64, within(1e-3));
        assertThat(box.getWidth() * 200).isCloseTo(16 / 0.64, within(1e-3));
        assertThat(box.getHeight() * 100).isCloseTo(32 / 0.64, within(1e-3));
        Iterator<Point> points = face.getBoundingBox().getPath().iterator();
        Point first = points.next();
        assertThat(first.getX()).isCloseTo((28 + 1) / 0.64, within(1e-3));
        assertThat(first.getY()).isCloseTo((68 + 2 - 32) / 0.64, within(1e-3));
        assertThat(points).toIterable().hasSize(5);
    }

    @Test
    void overlappingAnchorsAreOneFaceOfWeightedPlace() {
        set("s16", "b16", 0, 2, new float[] {60, 60, 40, 40}); // centre (4, 4)
        set("s8", "b8", 0, 3, new float[] {60, 60, 40, 40}); // centre (8, 8)
        DetectedObjects faces = decode();
        assertThat(faces.getNumberOfObjects()).isEqualTo(1);
        double low = 1 / (1 + Math.exp(-2));
        double high = 1 / (1 + Math.exp(-3));
        double centre = (64 * low + 68 * high) / (low + high);
        Rectangle box = ((DetectedObject) faces.item(0)).getBoundingBox().getBounds();
        assertThat(box.getX() * 200).isCloseTo((centre - 20) / 0.64, within(1e-3));
        assertThat(((DetectedObject) faces.item(0)).getProbability()).isCloseTo(high, within(1e-6));
    }

    @Test
    void nanIsNoFace() {
        set("s16", "b16", 5, Float.NaN, new float[] {0, 0, 10, 10});
        assertThat(decode().getNumberOfObjects()).isZero();
        set("s16", "b16", 5, 3, new float[] {Float.NaN, 0, 10, 10});
        assertThat(decode().getNumberOfObjects()).isZero();
    }

    @Test
    void scoresBelowTheThresholdAreNoFace() {
        set("s8", "b8", 100, 1, new float[] {0, 0, 30, 30}); // sigmoid(1) = 0.731
        assertThat(decode().getNumberOfObjects()).isZero();
    }

    @Test
    void settingsAreChecked() {
        assertThatThrownBy(() -> new BlazeFaceSettings(List.of("a"), List.of("b", "c"), null, null))
                .hasMessage("scores and boxes name 2 outputs each, not 1 and 2");
        assertThatThrownBy(() -> new BlazeFaceSettings(List.of("a", "b"), List.of("c", "d"), 1.5, null))
                .hasMessage("threshold must be 0 to 1, not 1.5");
    }

    private void set(String scores, String boxes, int anchor, float logit, float[] values) {
        output(scores).floats().put(anchor, logit);
        output(boxes).floats().put(anchor * 16, values);
    }

    private Tensor output(String name) {
        return java.util.Objects.requireNonNull(outputs.get(name));
    }

    private DetectedObjects decode() {
        return new BlazeFaceDecoder(SETTINGS, Cards.labelled("faces", "object-detection", List.of()))
                .decode(new Prepared(Map.of(), List.of(PICTURE)), new Inference(outputs, FakeNetwork.NEVER_ASKED))
                .get(0);
    }

    private static Tensor filled(float value, long... dims) {
        Tensor tensor = Tensor.allocate(ElementType.FLOAT32, dims);
        for (int i = 0; i < tensor.size(); i++) {
            tensor.floats().put(i, value);
        }
        return tensor;
    }
}
