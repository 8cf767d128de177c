package org.menagerie.training.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Tensor;

class ClassificationMetricsTest {
    @Test
    void topKCountsAcrossBatchesAndBreaksTiesByIndex() {
        Accuracy top1 = new Accuracy();
        Accuracy top2 = new Accuracy(2);
        assertThat(top1.result()).isNaN();
        for (Accuracy accuracy : new Accuracy[] {top1, top2}) {
            accuracy.add(Tensor.of(new float[] {.1f, .7f, .2f, .5f, .3f, .2f}, 2, 3), Tensor.of(new long[] {1, 2}, 2));
            accuracy.add(Tensor.of(new float[] {1, 1, 1}, 1, 3), Tensor.of(new long[] {1}, 1));
        }
        assertThat(top1.result()).isEqualTo(1 / 3.0);
        assertThat(top2.result()).isEqualTo(2 / 3.0);
    }

    @Test
    void aNetworkThatAnswersNanIsWrong() {
        Accuracy accuracy = new Accuracy();
        accuracy.add(Tensor.of(new float[] {Float.NaN, 1}, 1, 2), Tensor.of(new long[] {0}, 1));
        assertThat(accuracy.result()).isZero();
        ConfusionMatrix matrix = new ConfusionMatrix(2);
        matrix.add(Tensor.of(new float[] {Float.NaN, 1}, 1, 2), Tensor.of(new long[] {0}, 1));
        assertThat(matrix.count(0, 1)).isEqualTo(1);
    }

    @Test
    void whatDoesNotFitIsRefused() {
        Tensor scores = Tensor.of(new float[4], 2, 2);
        assertThatThrownBy(() -> new Accuracy().add(scores, Tensor.of(new long[] {0}, 1)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("found f32[2,2] and i64[1]");
        assertThatThrownBy(() -> new Accuracy().add(scores, Tensor.of(new long[] {0, 2}, 2)))
                .hasMessage("Label 2 is not one of 2 classes");
        assertThatThrownBy(() -> new ConfusionMatrix(2).addMask(new int[2], new int[3], -1))
                .hasMessageContaining("mask of 3 pixels");
    }

    @Test
    void theMeasuresOfAKnownMatrix() {
        // Actual by predicted: cat 5 3 0, dog 2 3 1, rabbit 0 2 11 (a textbook example; sums by hand).
        long[][] counts = {{5, 3, 0}, {2, 3, 1}, {0, 2, 11}};
        ConfusionMatrix matrix = new ConfusionMatrix(4);
        for (int actual = 0; actual < 3; actual++) {
            for (int predicted = 0; predicted < 3; predicted++) {
                for (long n = 0; n < counts[actual][predicted]; n++) {
                    matrix.add(actual, predicted);
                }
            }
        }
        assertThat(matrix.accuracy()).isEqualTo(19 / 27.0);
        assertThat(matrix.support(2)).isEqualTo(13);
        assertThat(matrix.precision(0)).isEqualTo(5 / 7.0);
        assertThat(matrix.recall(0)).isEqualTo(5 / 8.0);
        assertThat(matrix.f1(0)).isCloseTo(2 * (5 / 7.0) * (5 / 8.0) / (5 / 7.0 + 5 / 8.0), within(1e-15));
        assertThat(matrix.iou(1)).isEqualTo(3 / 11.0);
        assertThat(matrix.f1(3)).isNaN();
        assertThat(matrix.macroF1()).isCloseTo((10 / 15.0 + 6 / 14.0 + 22 / 25.0) / 3, within(1e-15));
        assertThat(matrix.meanIou()).isCloseTo((5 / 10.0 + 3 / 11.0 + 11 / 14.0) / 3, within(1e-15));
    }

    @Test
    void masksLeaveTheIgnoredClassOut() {
        ConfusionMatrix matrix = new ConfusionMatrix(2);
        matrix.addMask(new int[] {0, 1, 1, 255}, new int[] {0, 1, 0, 1}, 255);
        assertThat(matrix.accuracy()).isEqualTo(2 / 3.0);
        assertThat(matrix.meanIou()).isEqualTo(.5);
    }

    @Test
    void aMeanIsWeighted() {
        Mean mean = new Mean();
        mean.add(1, 3);
        mean.add(5, 1);
        assertThat(mean.result()).isEqualTo(2);
    }
}
