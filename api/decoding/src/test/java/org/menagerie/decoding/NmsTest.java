package org.menagerie.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NmsTest {
    /** A box at 0, one that overlaps it by 1/3, one apart. */
    private static final float[] THREE = {0, 0, 10, 10, 5, 0, 15, 10, 40, 40, 50, 50};

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 21, 24})
    void choosesWhatOnnxRuntimeChooses(long seed) throws OrtException {
        var random = new SplittableRandom(seed);
        int batch = 1 + random.nextInt(3);
        // So many that processors share them, too.
        int classes = seed > 20 ? 25 : 1 + random.nextInt(6);
        // Small and large, so that rows are searched whole and in chunks.
        int n = seed % 3 == 0 ? 6000 : 1 + random.nextInt(400);
        float[] boxes = new float[4 * batch * n];
        for (int i = 0; i < boxes.length; i++) {
            // On a coarse grid: equal boxes, boxes without area, flipped corners and exact IoU ties all occur.
            boxes[i] = random.nextInt(seed % 2 == 0 ? 12 : 200);
        }
        float[] scores = new float[batch * classes * n];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = seed % 4 == 1 ? random.nextInt(20) / 20f : (float) random.nextDouble();
        }
        float scoreThreshold = new float[] {0, .3f, .95f}[random.nextInt(3)];
        float iou = new float[] {0, .3f, .5f, 1 / 3f, 1}[random.nextInt(5)];
        int max = random.nextInt(2) == 0 ? 7 : n;

        var chosen = new Nms(new Suppression.Hard(iou), scoreThreshold, max).batched(boxes, scores, batch, classes);

        long[] expected = new OrtOperator("NonMaxSuppression")
                .input("boxes", boxes, batch, n, 4)
                .input("scores", scores, batch, classes, n)
                .constant("max", max)
                .input("iou", new float[] {iou}, 1)
                .input("score", new float[] {scoreThreshold}, 1)
                .longs();
        assertThat(triples(chosen)).containsExactly(expected);
    }

    static long[] triples(List<Detections> pictures) {
        var triples = java.util.stream.LongStream.builder();
        for (int picture = 0; picture < pictures.size(); picture++) {
            Detections detections = pictures.get(picture);
            for (int i = 0; i < detections.size(); i++) {
                triples.add(picture).add(detections.classes()[i]).add(detections.boxes()[i]);
            }
        }
        return triples.build().toArray();
    }

    @Test
    void sparseScoresAmongManyClassesAreFound() {
        float[] scores = new float[80 * 5000];
        float[] boxes = new float[4 * 5000];
        for (int i = 0; i < 5000; i++) {
            System.arraycopy(new float[] {20 * i, 0, 20 * i + 10, 10}, 0, boxes, 4 * i, 4);
        }
        scores[79 * 5000 + 4999] = .9f;
        scores[3] = .5f;
        scores[5000 + 3] = Float.NaN;
        Detections chosen = Nms.hard(.5f, .4f).perClass(boxes, scores, 80);
        assertThat(chosen.boxes()).containsExactly(3, 4999);
        assertThat(chosen.classes()).containsExactly(0, 79);
        assertThat(chosen.best(1).boxes()).containsExactly(4999);
    }

    @Test
    void acrossClassesABoxSuppressesOtherClasses() {
        float[] scores = {.5f, .1f, .3f, .4f, .9f, .3f};
        Detections chosen = Nms.hard(.3f, .2f).acrossClasses(THREE, scores, 2);
        assertThat(chosen.boxes()).containsExactly(1, 2);
        assertThat(chosen.classes()).containsExactly(1, 0);
        assertThat(chosen.scores()).containsExactly(.9f, .3f);
    }

    @Test
    void linearSuppressionLowersByTheOverlap() {
        var nms = new Nms(new Suppression.SoftLinear(.3f), .01f, 10);
        Detections chosen = nms.perClass(THREE, new float[] {.9f, .6f, .5f}, 1);
        assertThat(chosen.boxes()).containsExactly(0, 2, 1);
        assertThat(chosen.scores()[2]).isCloseTo(.6f * 2 / 3, within(1e-6f));
    }

    @Test
    void gaussianSuppressionLowersByTheExponentialAndDrops() {
        var nms = new Nms(new Suppression.SoftGaussian(.5f), .01f, 10);
        Detections chosen = nms.perClass(THREE, new float[] {.9f, .6f, .5f}, 1);
        assertThat(chosen.boxes()).containsExactly(0, 2, 1);
        assertThat(chosen.scores()[2]).isCloseTo((float) (.6 * Math.exp(-1 / 9.0 / .5)), within(1e-6f));
        assertThat(new Nms(nms.suppression(), .49f, 10)
                        .perClass(THREE, new float[] {.9f, .6f, .5f}, 1)
                        .size())
                .isEqualTo(2);
    }

    @Test
    void anOverlapOfTheCallersGivesWhatBoxesGive() {
        var random = new SplittableRandom(3);
        float[] boxes = new float[4 * 300];
        float[] scores = new float[300];
        for (int i = 0; i < boxes.length; i++) {
            boxes[i] = random.nextInt(30);
            scores[i / 4] = random.nextInt(50) / 50f;
        }
        Nms nms = Nms.hard(.4f, .1f);
        assertThat(nms.byOverlap(scores, (a, b) -> Boxes.iou(boxes, a, b)))
                .usingRecursiveComparison()
                .isEqualTo(nms.perClass(boxes, scores, 1));
    }

    @Test
    void weightedSuppressionAveragesWhatOverlaps() {
        float[] rows = {0, 0, 10, 10, 1, 5, 0, 15, 10, 4, 40, 40, 50, 50, 7, 0, 0, 10, 10, 9};
        var merged = new WeightedNms(.3f, .2f).merge(rows, 5, new float[] {.8f, .4f, .5f, .1f});
        assertThat(merged.scores()).containsExactly(.8f, .5f);
        assertThat(merged.rows())
                .usingComparatorWithPrecision(1e-5f)
                .containsExactly(5 / 3f, 0, 35 / 3f, 10, 2, 40, 40, 50, 50, 7);
    }

    @Test
    void nanIsNeverChosenAndInfinityDoesNotHang() {
        float nan = Float.NaN;
        float infinity = Float.POSITIVE_INFINITY;
        float[] boxes = {nan, 0, 10, 10, 0, 0, infinity, infinity, 0, 0, 10, 10, -infinity, 0, infinity, 10};
        for (var suppression : List.of(
                new Suppression.Hard(.5f), new Suppression.SoftLinear(.5f), new Suppression.SoftGaussian(.5f))) {
            var nms = new Nms(suppression, 0, 100);
            assertThat(nms.perClass(boxes, new float[] {.9f, .8f, nan, .7f}, 1).boxes())
                    .containsExactly(1, 3);
        }
        assertThat(Nms.hard(.5f, Float.NEGATIVE_INFINITY)
                        .perClass(boxes, new float[] {1, 1, nan, infinity}, 1)
                        .boxes())
                .containsExactly(3, 1);
    }

    @Test
    void thousandsOfEqualScoresKeepTheirOrder() {
        float[] boxes = new float[4 * 9000];
        for (int i = 0; i < 9000; i++) {
            System.arraycopy(new float[] {20 * i, 0, 20 * i + 10, 10}, 0, boxes, 4 * i, 4);
        }
        float[] scores = new float[9000];
        Arrays.fill(scores, .5f);
        int[] chosen = Nms.hard(.5f, .1f)
                .withMaxPerClass(2000)
                .perClass(boxes, scores, 1)
                .boxes();
        assertThat(chosen).hasSize(2000).isSorted();
        assertThat(chosen[1999]).isEqualTo(1999);
    }

    @Test
    void noBoxesIsAnAnswer() {
        assertThat(Nms.hard(.5f, .1f).perClass(new float[0], new float[0], 3).size())
                .isZero();
        assertThat(new WeightedNms(.5f, .1f)
                        .merge(new float[0], 16, new float[0])
                        .size())
                .isZero();
    }

    @Test
    void whatDoesNotFitIsNamed() {
        assertThatThrownBy(() -> Nms.hard(.5f, .1f).perClass(THREE, new float[5], 2))
                .hasMessage("3 boxes in 1 pictures of 2 classes need 6 scores; 5 were given");
        assertThatThrownBy(() -> Nms.hard(1.5f, .1f)).hasMessage("IoU threshold is 1.5; expected 0 to 1");
        assertThatThrownBy(() -> new WeightedNms(.3f, .2f).merge(THREE, 3, new float[4]))
                .hasMessageContaining("4 or more a row");
    }
}
