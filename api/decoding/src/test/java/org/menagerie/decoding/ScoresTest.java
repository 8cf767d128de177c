package org.menagerie.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScoresTest {
    @Test
    void softmaxOfKnownLogits() {
        assertThat(Scores.softmax(new float[] {1, 2, 3}))
                .usingComparatorWithPrecision(1e-6f)
                .containsExactly(.0900306f, .2447285f, .6652410f);
        assertThat(Scores.softmax(new float[] {1000, Float.NEGATIVE_INFINITY, 1000}))
                .containsExactly(.5f, 0, .5f);
        assertThat(Scores.softmax(new float[] {1, Float.NaN})).containsExactly(Float.NaN, Float.NaN);
    }

    @Test
    void logSumExpDoesNotOverflow() {
        assertThat(Scores.logSumExp(new float[] {9, 1000, 1000}, 1, 2)).isEqualTo(1000 + Math.log(2));
        assertThat(Scores.logSumExp(new float[] {Float.NEGATIVE_INFINITY}, 0, 1))
                .isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void sigmoidAtItsLandmarks() {
        assertThat(Scores.sigmoid(new float[] {0, 100, -100, Float.NEGATIVE_INFINITY}))
                .usingComparatorWithPrecision(1e-7f)
                .containsExactly(.5f, 1, 0, 0);
        assertThat(Scores.sigmoid(1)).isCloseTo(.731059f, within(1e-6f));
    }

    @Test
    void topKIsASortWithStableTiesAndNanLast() {
        var random = new SplittableRandom(1);
        for (int trial = 0; trial < 300; trial++) {
            float[] values = new float[1 + random.nextInt(60)];
            for (int i = 0; i < values.length; i++) {
                int value = random.nextInt(20) - 10;
                values[i] = value == 3 ? Float.NaN : value == 4 ? Float.NEGATIVE_INFINITY : value == 5 ? -0f : value;
            }
            int k = random.nextInt(70);
            int[] numbersFirst = IntStream.concat(
                            IntStream.of(sorted(values)).filter(i -> !Float.isNaN(values[i])),
                            IntStream.range(0, values.length).filter(i -> Float.isNaN(values[i])))
                    .limit(k)
                    .toArray();
            assertThat(Scores.topK(values, k)).containsExactly(numbersFirst);
        }
        assertThat(Scores.topK(new float[] {9, 1, 3, 2}, 1, 3, 2)).containsExactly(1, 2);
    }

    private static int[] sorted(float[] values) {
        return IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> 0d - values[i]))
                .mapToInt(i -> i)
                .toArray();
    }

    @Test
    void argMaxTakesTheFirstOfEqualsAndPassesNan() {
        assertThat(Scores.argMax(new float[] {Float.NaN, 1, 2, 2}, 0, 4)).isEqualTo(2);
        assertThat(Scores.argMax(new float[] {Float.NaN, Float.NaN}, 0, 2)).isBetween(0, 1);
        assertThatThrownBy(() -> Scores.argMax(new float[0], 0, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
