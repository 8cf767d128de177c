package org.menagerie.studio.metric;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.modality.cv.output.BoundingBox;
import ai.djl.modality.cv.output.DetectedObjects;
import ai.djl.modality.cv.output.Rectangle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.menagerie.fixtures.Cards;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;
import org.menagerie.training.data.BatchMemory;
import org.menagerie.training.data.Column;
import org.menagerie.training.data.Dataset;
import org.menagerie.training.data.DatasetInfo;

/** Five pictures of 20×10 pixels: a cat and a dog in each but the last, which is empty. */
class LocalizationMetricTest {
    private static final float[] CAT = {2, 2, 8, 8};
    private static final float[] DOG = {10, 0, 20, 10};

    @Test
    void theSurestObjectCountsWithItsClassAndItsBox() {
        List<DetectedObjects> answers = List.of(
                // The dog is the surest, although it is named last; its IoU is .6.
                answer(List.of("cat", "dog"), List.of(0.3, 0.9), DOG, new float[] {10, 0, 20, 6}),
                // IoU .5 is not above .5.
                answer(List.of("dog"), List.of(0.9), new float[] {10, 0, 20, 5}),
                // The cat's class with the dog's box.
                answer(List.of("cat"), List.of(0.9), DOG),
                answer(List.of("bird"), List.of(0.9), CAT),
                answer(List.of("cat"), List.of(0.9), CAT));
        Map<String, Double> figures = LocalizationMetric.kind()
                .on(new Pets(), Cards.labelled("pets", "object-detection", List.of("cat", "dog")))
                .of(new FixedAnswers<>(answers, List.of(20, 10)));
        assertThat(figures).isEqualTo(Map.of("localization", 0.25, "class_alone", 0.75));
    }

    private static DetectedObjects answer(List<String> names, List<Double> scores, float[]... boxes) {
        List<BoundingBox> rectangles = new ArrayList<>();
        for (float[] box : boxes) {
            rectangles.add(
                    new Rectangle(box[0] / 20.0, box[1] / 10.0, (box[2] - box[0]) / 20.0, (box[3] - box[1]) / 10.0));
        }
        return new DetectedObjects(names, scores, rectangles);
    }

    private static final class Pets implements Dataset {
        @Override
        public DatasetInfo info() {
            return new DatasetInfo(
                    "pets",
                    "0".repeat(64),
                    List.of(
                            Column.of("image", "f32[B,1,10,20]"),
                            Column.of("boxes", "f32[B,2,4]"),
                            Column.of("box_label", "i64[B,2]")),
                    List.of("cat", "dog"));
        }

        @Override
        public int size() {
            return 5;
        }

        @Override
        public Map<String, Tensor> batch(int[] indices, BatchMemory memory) {
            int n = indices.length;
            Tensor boxes = Tensor.allocate(ElementType.FLOAT32, n, 2, 4);
            Tensor labels = Tensor.allocate(ElementType.INT64, n, 2);
            for (int i = 0; i < n; i++) {
                boolean empty = indices[i] == 4;
                boxes.floats().put(8 * i, CAT).put(8 * i + 4, DOG);
                labels.longs().put(2 * i, empty ? -1 : 0).put(2 * i + 1, empty ? -1 : 1);
            }
            return Map.of(
                    "image", Tensor.allocate(ElementType.FLOAT32, n, 1, 10, 20), "boxes", boxes, "box_label", labels);
        }
    }
}
