package org.menagerie.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.menagerie.spi.Origin;

class UpsamplingTest {
    @ParameterizedTest
    @CsvSource({
        "3,5,7,20,28",
        "2,8,8,16,16",
        "21,16,16,64,64",
        "1,1,1,9,4",
        "4,6,9,13,31",
        "2,9,7,5,3",
        "3,4,4,1,1",
        "2,5,5,5,5"
    })
    void resizesAsOnnxRuntimeDoes(int channels, int h, int w, int height, int width) throws OrtException {
        var random = new SplittableRandom(h * 31L + w);
        Grid map = random(random, channels, h, w);
        for (var alignment : Alignment.values()) {
            float[] expected = new OrtOperator("Resize")
                    .attribute("mode", "linear")
                    .attribute(
                            "coordinate_transformation_mode",
                            alignment == Alignment.HALF_PIXEL ? "half_pixel" : "align_corners")
                    .input("map", map.values(), 1, channels, h, w)
                    .without()
                    .without()
                    .constant("sizes", 1, channels, height, width)
                    .floats();
            var upsampling = Upsampling.to(height, width, alignment);
            assertThat(upsampling.resize(map))
                    .usingComparatorWithPrecision(2e-5f)
                    .containsExactly(expected);
            int[] labels = upsampling.argMax(map);
            int[] expectedLabels = argMax(expected, channels, height * width);
            for (int i = 0; i < labels.length; i++) {
                // Equal up to rounding where two channels cross.
                assertThat(expected[labels[i] * labels.length + i])
                        .isGreaterThan(expected[expectedLabels[i] * labels.length + i] - 2e-5f);
            }
            boolean[] mask = upsampling.above(map, channels - 1, .2f);
            for (int i = 0; i < mask.length; i++) {
                float value = upsampling.resize(map)[(channels - 1) * mask.length + i];
                assertThat(mask[i]).isEqualTo(value > .2f);
                if (i > 50) {
                    break;
                }
            }
        }
    }

    private static Grid random(SplittableRandom random, int channels, int h, int w) {
        float[] values = new float[channels * h * w];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextDouble() * 10 - 5);
        }
        return new Grid(values, channels, h, w);
    }

    private static int[] argMax(float[] values, int channels, int pixels) {
        int[] labels = new int[pixels];
        for (int i = 0; i < pixels; i++) {
            for (int c = 1; c < channels; c++) {
                if (values[c * pixels + i] > values[labels[i] * pixels + i]) {
                    labels[i] = c;
                }
            }
        }
        return labels;
    }

    @Test
    void theFusedArgMaxIsTheArgMaxOfTheResizedMap() {
        var random = new SplittableRandom(5);
        for (int trial = 0; trial < 30; trial++) {
            Grid map = random(random, 1 + random.nextInt(30), 1 + random.nextInt(12), 1 + random.nextInt(12));
            if (trial % 3 == 0) {
                // Many exact ties.
                for (int i = 0; i < map.values().length; i++) {
                    map.values()[i] = Math.round(map.values()[i] / 3) * 1e-30f;
                }
            }
            int height = 1 + random.nextInt(50);
            int width = 1 + random.nextInt(50);
            var upsampling = Upsampling.to(height, width, Alignment.HALF_PIXEL);
            assertThat(upsampling.argMax(map))
                    .containsExactly(argMax(upsampling.resize(map), map.channels(), height * width));
        }
    }

    /** So large that processors share the rows. */
    @Test
    void theFusedArgMaxOfALargeMapIsTheSame() {
        Grid map = random(new SplittableRandom(6), 21, 40, 30);
        var upsampling = Upsampling.to(311, 257, Alignment.HALF_PIXEL);
        assertThat(upsampling.argMax(map)).containsExactly(argMax(upsampling.resize(map), 21, 311 * 257));
    }

    @Test
    void letterboxBarsFallAwayExactly() {
        // A 100×50 picture at half size within 64×64: 50×25 pixels at (7, 19); the map has the input's resolution.
        var picture = new Origin.Image(100, 50, 64, 64, .5, .5, 7, 19);
        float[] values = new float[2 * 64 * 64];
        for (int y = 0; y < 64; y++) {
            for (int x = 0; x < 64; x++) {
                boolean bar = x < 7 || x >= 57 || y < 19 || y >= 44;
                values[y * 64 + x] = bar ? 9 : x < 32 ? 1 : -1;
            }
        }
        int[] labels = Upsampling.toOriginal(picture).argMax(new Grid(values, 2, 64, 64));
        for (int y = 1; y < 49; y++) {
            assertThat(labels[y * 100 + 49]).isEqualTo(0);
            assertThat(labels[y * 100 + 50]).isEqualTo(1);
        }
        assertThat(labels[25 * 100 + 98]).isEqualTo(1);
    }

    @Test
    void whatACropCutAwayIsUnseen() {
        // The middle 40×40 of an 80×60 picture, at its own size.
        var picture = new Origin.Image(80, 60, 40, 40, 1, 1, -20, -10);
        float[] values = new float[40 * 40];
        Arrays.fill(values, 1);
        var map = new Grid(values, 1, 40, 40);
        int[] labels = Upsampling.toOriginal(picture).argMax(map);
        boolean[] mask = Upsampling.toOriginal(picture).above(map, 0, .5f);
        for (int y = 0; y < 60; y++) {
            for (int x = 0; x < 80; x++) {
                boolean seen = x >= 20 && x < 60 && y >= 10 && y < 50;
                assertThat(labels[y * 80 + x]).isEqualTo(seen ? 0 : Upsampling.UNSEEN);
                assertThat(mask[y * 80 + x]).isEqualTo(seen);
            }
        }
    }

    @Test
    void nanAndInfinityGiveALabel() {
        float[] values = {Float.NaN, 1, Float.NEGATIVE_INFINITY, 2, Float.POSITIVE_INFINITY, Float.NaN, 3, 4};
        int[] labels = Upsampling.to(6, 6, Alignment.HALF_PIXEL).argMax(new Grid(values, 2, 2, 2));
        assertThat(Arrays.stream(labels))
                .allMatch(label -> label == 0 || label == 1)
                .contains(1);
    }

    @Test
    void whatDoesNotFitIsNamed() {
        assertThatThrownBy(() -> new Grid(new float[5], 2, 3, 1)).hasMessage("A map of 2×3×1 was given 5 values");
        assertThatThrownBy(() -> Upsampling.to(0, 4, Alignment.HALF_PIXEL)).hasMessageContaining("0×4");
    }
}
