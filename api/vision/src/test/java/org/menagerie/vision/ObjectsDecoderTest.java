package org.menagerie.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.modality.cv.output.DetectedObjects;
import ai.djl.modality.cv.output.DetectedObjects.DetectedObject;
import ai.djl.modality.cv.output.Rectangle;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.menagerie.fixtures.Cards;
import org.menagerie.fixtures.FakeNetwork;
import org.menagerie.spi.CardException;
import org.menagerie.spi.Inference;
import org.menagerie.spi.Origin;
import org.menagerie.spi.Prepared;
import org.menagerie.spi.Tensor;

class ObjectsDecoderTest {
    /** A picture of 200×100 pixels, letterboxed into 128×128: scale 0.64, bars of 32 above and below. */
    private static final Origin.Image PICTURE = new Origin.Image(200, 100, 128, 128, 0.64, 0.64, 0, 32);

    private final float[] boxes = {24, 52, 88, 84, -5, 40, 30, 60, 1, 40, 2, Float.NaN};
    private final float[] scores = {.9f, .4f, .3f};
    private final long[] labels = {1, 0, 0};

    @Test
    void boxesBecomeFractionsOfThePictureAndEndWithIt() {
        DetectedObjects found = decode(null, null);
        assertThat(found.<DetectedObject>items().stream().map(DetectedObject::getClassName))
                .containsExactly("dog", "cat");
        assertThat(found.getProbabilities()).containsExactly((double) .9f, (double) .4f);
        Rectangle first = found.<DetectedObject>item(0).getBoundingBox().getBounds();
        assertThat(first.getX() * 200).isCloseTo(24 / .64, within(1e-3));
        assertThat(first.getY() * 100).isCloseTo(20 / .64, within(1e-3));
        assertThat(first.getWidth() * 200).isCloseTo(100, within(1e-3));
        assertThat(first.getHeight() * 100).isCloseTo(50, within(1e-3));
        assertThat(found.<DetectedObject>item(1).getBoundingBox().getBounds().getX())
                .isZero();
    }

    @Test
    void fewerAreAnsweredIfAsked() {
        assertThat(decode(.5, null).getNumberOfObjects()).isEqualTo(1);
        assertThat(decode(null, 1).getNumberOfObjects()).isEqualTo(1);
        labels[0] = -1;
        assertThat(decode(null, null).getNumberOfObjects()).isEqualTo(1);
        scores[1] = Float.NaN;
        assertThat(decode(null, null).getNumberOfObjects()).isZero();
    }

    @Test
    void whatDoesNotFitIsAnError() {
        labels[1] = 2;
        assertThatThrownBy(() -> decode(null, null))
                .isInstanceOf(CardException.class)
                .hasMessage("Model 'pets' found an object of class 2; its card lists 2 labels, numbered from 0");
        assertThatThrownBy(() -> decode(2.0, null)).hasMessage("threshold must be 0 to 1, not 2.0");
        assertThatThrownBy(() -> decode(null, 0)).hasMessage("most must be at least 1, not 0");
    }

    private DetectedObjects decode(@Nullable Double threshold, @Nullable Integer most) {
        Map<String, Tensor> outputs = Map.of(
                "objects", Tensor.of(boxes, 1, 3, 4),
                "object_score", Tensor.of(scores, 1, 3),
                "object_label", Tensor.of(labels, 1, 3));
        return new ObjectsDecoder(
                        new ObjectsSettings(null, null, null, threshold, most),
                        Cards.labelled("pets", "object-detection", List.of("cat", "dog")))
                .decode(new Prepared(Map.of(), List.of(PICTURE)), new Inference(outputs, FakeNetwork.NEVER_ASKED))
                .get(0);
    }
}
