package org.menagerie.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Tensor;
import org.menagerie.spi.ZooException;

class TransformTest {
    private final RandomGenerator random = new RandomStreams(5).at("test");

    @Test
    void flipMirrorsRowsOfEachChannelAboutHalfTheTime() {
        Tensor image = Tensor.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, 1, 2, 2, 3);
        new HorizontalFlip("image", 1).apply(Map.of("image", image), random);
        assertThat(image.toFloatArray()).containsExactly(3, 2, 1, 6, 5, 4, 9, 8, 7, 12, 11, 10);
        new HorizontalFlip("image", 0).apply(Map.of("image", image), random);
        assertThat(image.toFloatArray()).startsWith(3, 2, 1);

        float[] pairs = new float[2_000];
        IntStream.range(0, 1_000).forEach(i -> pairs[2 * i] = 1);
        Tensor many = Tensor.of(pairs, 1_000, 1, 1, 2);
        new HorizontalFlip().apply(Map.of("image", many), random);
        float[] flipped = many.toFloatArray();
        assertThat(IntStream.range(0, 1_000).filter(i -> flipped[2 * i] == 0).count())
                .isBetween(420L, 580L);
    }

    @Test
    void cropRefusesMasksAndBoxes() {
        Map<String, Tensor> batch =
                Map.of("image", Tensor.of(new float[4], 1, 1, 2, 2), "mask", Tensor.of(new long[4], 1, 2, 2));
        assertThatThrownBy(() -> new RandomCrop(1).apply(batch, random))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("mask")
                .hasMessageContaining("flip");
    }

    @Test
    void cropShiftsTheWholeImageByUpToThePadding() {
        float[] original = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18};
        Set<String> seen = new HashSet<>();
        for (int trial = 0; trial < 400; trial++) {
            Tensor image = Tensor.of(original, 1, 2, 3, 3);
            new RandomCrop("image", 1, -1).apply(Map.of("image", image), random);
            seen.add(Arrays.toString(image.toFloatArray()));
        }
        Set<String> all = new HashSet<>();
        for (int down = -1; down <= 1; down++) {
            for (int right = -1; right <= 1; right++) {
                all.add(Arrays.toString(shifted(original, down, right)));
            }
        }
        assertThat(seen).isEqualTo(all).hasSize(9);
    }

    /** Pixel by pixel, as the definition says it. */
    private static float[] shifted(float[] image, int down, int right) {
        float[] result = new float[18];
        for (int i = 0; i < 18; i++) {
            int y = i / 3 % 3 - down;
            int x = i % 3 - right;
            result[i] = y < 0 || y > 2 || x < 0 || x > 2 ? -1 : image[i / 9 * 9 + y * 3 + x];
        }
        return result;
    }

    @Test
    void aPaddingLargerThanTheImageIsAllowed() {
        Tensor image = Tensor.of(new float[] {1, 2, 3, 4}, 1, 1, 2, 2);
        for (int trial = 0; trial < 50; trial++) {
            new RandomCrop("image", 9, 0).apply(Map.of("image", image), random);
        }
        assertThat(image.toFloatArray()).containsOnly(0);
    }

    @Test
    void whatNoTrainingCouldUseIsRefusedBeforeIt() {
        Map<String, Tensor> batch = Map.of("image", Tensor.of(new float[6], 1, 1, 2, 3));
        Transform crop = new NamedTransform("Augmentation 'crop'", new RandomCrop(2));
        assertThatThrownBy(() -> Transform.of(crop).requireFit(batch))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Augmentation 'crop' does not fit the data: a padding of 2")
                .hasMessageContaining("2 x 3 pixels");
        new RandomCrop(1).requireFit(batch);
        assertThatThrownBy(() -> new Cutout(4).requireFit(batch)).hasMessageContaining("a square of size 4");
        new Cutout(3).requireFit(batch);
        Transform elsewhere = new NamedTransform("Augmentation 'crop'", new RandomCrop("x", 1, 0));
        assertThatThrownBy(() -> elsewhere.apply(batch, random))
                .hasMessage("Augmentation 'crop' does not fit the data: The batch has no column 'x'; it has [image]");
    }

    @Test
    void aFaultOfATransformNamesIt() {
        Transform broken = new NamedTransform("Augmentation 'broken'", (batch, chance) -> {
            throw new ArrayIndexOutOfBoundsException("7");
        });
        assertThatThrownBy(() -> broken.apply(Map.of(), random))
                .isInstanceOf(ZooException.class)
                .hasMessageContaining("Augmentation 'broken' failed")
                .hasMessageContaining("7");
    }

    @Test
    void numbersThatNoTrainingCanUseAreNamedByExampleAndColumn() {
        FiniteCheck check = new FiniteCheck("rows", new int[] {40, 12});
        check.require(Map.of("x", Tensor.of(new float[] {1, 2, 3, 4}, 2, 2)), "");
        assertThatThrownBy(() -> check.require(Map.of("x", Tensor.of(new float[] {1, 2, 3, Float.NaN}, 2, 2)), ""))
                .hasMessage("Example 12 of data set rows, counted from 0, has NaN in column 'x'; training needs finite"
                        + " numbers");
    }

    @Test
    void cutoutHidesOneSquareThatMayBeCutShort() {
        Set<Integer> areas = new HashSet<>();
        for (int trial = 0; trial < 300; trial++) {
            float[] ones = new float[50];
            Arrays.fill(ones, 1);
            Tensor image = Tensor.of(ones, 1, 2, 5, 5);
            new Cutout(3).apply(Map.of("image", image), random);
            float[] cut = image.toFloatArray();
            assertThat(Arrays.copyOfRange(cut, 0, 25)).containsExactly(Arrays.copyOfRange(cut, 25, 50));
            areas.add((int) IntStream.range(0, 25).filter(i -> cut[i] == 0).count());
        }
        assertThat(areas).containsExactlyInAnyOrder(4, 6, 9);
    }

    @Test
    void normalizeWorksByChannel() {
        Tensor image = Tensor.of(new float[] {0, 255, 51, 102}, 1, 2, 1, 2);
        Normalize.images(new float[] {.5f, .2f}, new float[] {.5f, .1f}).apply(Map.of("image", image), random);
        assertThat(image.toFloatArray()).usingComparatorWithPrecision(1e-6f).containsExactly(-1, 1, 0, 2);
    }

    @Test
    void transformsFollowOneAnotherAndRepeatWithTheirGenerator() {
        Transform all = Transform.of(
                new HorizontalFlip(),
                new RandomCrop(2),
                Normalize.images(new float[] {.3f}, new float[] {.4f}),
                new Cutout(4));
        float[] first = run(all, 1);
        assertThat(run(all, 1)).containsExactly(first);
        assertThat(run(all, 2)).isNotEqualTo(first);
    }

    private static float[] run(Transform transform, long seed) {
        float[] ramp = new float[4 * 64];
        IntStream.range(0, ramp.length).forEach(i -> ramp[i] = i);
        Tensor image = Tensor.of(ramp, 4, 1, 8, 8);
        transform.apply(Map.of("image", image), new RandomStreams(seed).at("transform", 0, 0));
        return image.toFloatArray();
    }

    @Test
    void wrongColumnsAreNamed() {
        Tensor flat = Tensor.of(new float[4], 4);
        assertThatThrownBy(() -> new Cutout(2).apply(Map.of("pixels", flat), random))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The batch has no column 'image'; it has [pixels]");
        assertThatThrownBy(() -> new Cutout(2).apply(Map.of("image", flat), random))
                .hasMessage("Column image is f32[4]; an image transform needs f32[B,C,H,W]");
        Tensor rgb = Tensor.of(new float[12], 1, 3, 2, 2);
        assertThatThrownBy(() -> FashionMnist.NORMALIZE.apply(Map.of("image", rgb), random))
                .hasMessageContaining("has 3 channels; Normalize was given 1 means");
    }
}
