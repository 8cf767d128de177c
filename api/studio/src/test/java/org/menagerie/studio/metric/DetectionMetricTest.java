package org.menagerie.studio.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.modality.cv.output.DetectedObjects;
import ai.djl.modality.cv.output.Rectangle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.menagerie.fixtures.Cards;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.ModelCard;
import org.menagerie.spi.Tensor;
import org.menagerie.training.data.BatchMemory;
import org.menagerie.training.data.Column;
import org.menagerie.training.data.Dataset;
import org.menagerie.training.data.DatasetInfo;

/** Two pictures of 20×10 pixels, a cat in the first, a dog and a crowd of cats in the second. */
class DetectionMetricTest {
    private static final float[] CAT = {2, 2, 6, 6};
    private static final float[] DOG = {0, 0, 10, 10};
    private static final float[] CROWD = {10, 0, 20, 10};

    @Test
    void averagesPrecisionOverClassesByName() {
        // The cat's box is exact. The dog's has IoU 0.6 and comes after a false alarm: precision 1/2 at .5, .55 and .6.
        Map<String, Double> metrics = evaluate(
                List.of("dog", "cat"),
                List.of(
                        answer(List.of("cat", "bird"), List.of(0.9, 0.8), CAT, CAT),
                        answer(
                                List.of("dog", "dog", "cat", "cat"),
                                List.of(0.9, 0.8, 0.7, 0.6),
                                new float[] {12, 2, 14, 4},
                                new float[] {0, 0, 10, 6.00001f},
                                new float[] {11, 1, 13, 3},
                                new float[] {15, 1, 19, 9})));
        assertThat(metrics.keySet())
                .containsExactly(
                        "mAP_50",
                        "mAP_50_95",
                        "mAP_75",
                        "mAP_small",
                        "mAP_medium",
                        "mAP_large",
                        "mAR_1",
                        "mAR_10",
                        "mAR_100",
                        "mAR_small",
                        "mAR_medium",
                        "mAR_large");
        assertThat(metrics.get("mAP_50")).isCloseTo(0.75, within(1e-9));
        assertThat(metrics.get("mAP_50_95")).isCloseTo((1 + 0.3 * 0.5) / 2, within(1e-9));
        assertThat(metrics.get("mAP_small")).isEqualTo(metrics.get("mAP_50_95"));
        assertThat(metrics.get("mAP_large")).isNaN();
        assertThat(metrics.get("mAR_1")).isCloseTo(0.5, within(1e-9));
        assertThat(metrics.get("mAR_100")).isCloseTo((1 + 0.3) / 2, within(1e-9));
    }

    /** The pictures were stretched from 200×50 pixels: the cat's box of 4×4 is one of 40×20 there, the dog's outline is larger. */
    @Test
    void sizesCountInPixelsOfTheOriginal() {
        Map<String, Tensor> original = Map.of(
                "original_size",
                Tensor.of(new float[] {200, 50, 2000, 1000}, 2, 2),
                "box_area",
                Tensor.of(new float[] {800, 0, 9217, 0}, 2, 2));
        List<DetectedObjects> answers =
                List.of(answer(List.of("cat"), List.of(0.9), CAT), answer(List.of("dog"), List.of(0.9), DOG));
        Map<String, Double> metrics = DetectionMetric.kind()
                .on(new Pets(original), card(List.of("dog", "cat")))
                .of(new FixedAnswers<>(answers, List.of(20, 10)));
        assertThat(metrics.get("mAP_small")).isCloseTo(1, within(1e-9));
        assertThat(metrics.get("mAP_medium")).isNaN();
        assertThat(metrics.get("mAP_large")).isCloseTo(1, within(1e-9));
    }

    @Test
    void vocCountsTheSamePictures() {
        List<DetectedObjects> answers = List.of(
                answer(List.of("cat"), List.of(0.9), CAT),
                answer(List.of("dog", "dog"), List.of(0.9, 0.8), new float[] {12, 2, 14, 4}, DOG));
        Map<String, Double> metrics = VocMetric.kind()
                .on(new Pets(Map.of()), card(List.of("dog", "cat")))
                .of(new FixedAnswers<>(answers, List.of(20, 10)));
        assertThat(metrics.keySet()).containsExactly("mAP_11_points", "mAP_area");
        assertThat(metrics.get("mAP_area")).isCloseTo(0.75, within(1e-9));
    }

    /** Pictures without objects, detectors without answers. */
    @Test
    void nothingToFindIsNotANumberAndNothingFoundIsZero() {
        Map<String, Double> nothingFound =
                evaluate(List.of("dog", "cat"), List.of(answer(List.of(), List.of()), answer(List.of(), List.of())));
        assertThat(nothingFound.get("mAP_50")).isZero();
        assertThat(nothingFound.get("mAR_100")).isZero();
        Map<String, Tensor> empty = Map.of("box_label", Tensor.of(new long[] {-1, -1, -1, -1}, 2, 2));
        Map<String, Double> nothingThere = DetectionMetric.kind()
                .on(new Pets(empty), card(List.of("dog", "cat")))
                .of(new FixedAnswers<>(
                        List.of(answer(List.of("cat"), List.of(0.9), CAT), answer(List.of(), List.of())),
                        List.of(20, 10)));
        assertThat(nothingThere.values()).allMatch(value -> value.isNaN());
    }

    @Test
    void aModelOfOtherClassesIsRefused() {
        assertThatThrownBy(() -> DetectionMetric.kind().on(new Pets(Map.of()), card(List.of("car", "bus"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The data has the classes [cat, dog], of which the model knows none; it has [car, bus]");
    }

    private static Map<String, Double> evaluate(List<String> labels, List<DetectedObjects> answers) {
        return DetectionMetric.kind()
                .on(new Pets(Map.of()), card(labels))
                .of(new FixedAnswers<>(answers, List.of(20, 10)));
    }

    private static ModelCard card(List<String> labels) {
        return Cards.labelled("pets", "object-detection", labels);
    }

    private static DetectedObjects answer(List<String> names, List<Double> scores, float[]... boxes) {
        List<ai.djl.modality.cv.output.BoundingBox> rectangles = new ArrayList<>();
        for (float[] box : boxes) {
            rectangles.add(new Rectangle(box[0] / 20, box[1] / 10, (box[2] - box[0]) / 20, (box[3] - box[1]) / 10));
        }
        return new DetectedObjects(names, scores, rectangles);
    }

    /** @param others columns that take the place of its own, or come with them */
    private record Pets(Map<String, Tensor> others) implements Dataset {
        @Override
        public DatasetInfo info() {
            return new DatasetInfo(
                    "pets",
                    "0".repeat(64),
                    List.of(
                            Column.of("image", "f32[B,1,10,20]"),
                            Column.of("boxes", "f32[B,2,4]"),
                            Column.of("box_label", "i64[B,2]"),
                            Column.of("crowd_label", "i64[B,2]")),
                    List.of("cat", "dog"));
        }

        @Override
        public int size() {
            return 2;
        }

        @Override
        public Map<String, Tensor> batch(int[] indices, BatchMemory memory) {
            assertThat(indices).containsExactly(IntStream.range(0, 2).toArray());
            Tensor boxes = Tensor.allocate(ElementType.FLOAT32, 2, 2, 4);
            boxes.floats().put(0, CAT).put(8, DOG).put(12, CROWD);
            Map<String, Tensor> batch = new HashMap<>(Map.of(
                    "image",
                    Tensor.allocate(ElementType.FLOAT32, 2, 1, 10, 20),
                    "boxes",
                    boxes,
                    "box_label",
                    Tensor.of(new long[] {0, -1, 1, -1}, 2, 2),
                    "crowd_label",
                    Tensor.of(new long[] {-1, -1, -1, 0}, 2, 2)));
            batch.putAll(others);
            return batch;
        }
    }
}
