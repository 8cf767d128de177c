package org.menagerie.studio.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.modality.cv.output.CategoryMask;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.menagerie.fixtures.Cards;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Tensor;
import org.menagerie.training.data.BatchMemory;
import org.menagerie.training.data.Column;
import org.menagerie.training.data.Dataset;
import org.menagerie.training.data.DatasetInfo;

/** Two pictures of 3×2 pixels with cats and dogs. */
class SegmentationMetricTest {
    private static final long[] CAT_BELOW = {0, 0, 0, 1, 1, 1};
    private static final long[] BOTH = {2, 2, 0, 1, 1, 0};

    @Test
    void countsPixelsOfAllPicturesByTheClassesNames() {
        // The model numbers the classes otherwise. One pixel of a dog is taken for background, one of a cat for a dog.
        Map<String, Double> metrics =
                evaluate(List.of("background", "dog", "cat"), new int[][] {{0, 0, 0}, {2, 2, 2}}, new int[][] {
                    {1, 0, 0}, {2, 1, 0}
                });
        assertThat(metrics.keySet()).containsExactly("mIoU", "pixel_accuracy");
        assertThat(metrics.get("mIoU")).isCloseTo((5 / 6.0 + 4 / 5.0 + 1 / 3.0) / 3, within(1e-12));
        assertThat(metrics.get("pixel_accuracy")).isCloseTo(10 / 12.0, within(1e-12));
    }

    @Test
    void aModelOfOtherClassesIsRefused() {
        assertThatThrownBy(() -> evaluate(List.of("background", "car"), new int[2][3], new int[2][3]))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The model has class 'car'; the data has [background, cat, dog]");
    }

    private static Map<String, Double> evaluate(List<String> classes, int[][] first, int[][] second) {
        List<CategoryMask> answers = List.of(new CategoryMask(classes, first), new CategoryMask(classes, second));
        return SegmentationMetric.kind()
                .on(new Pets(), Cards.labelled("pets", "image-segmentation", List.of()))
                .of(new FixedAnswers<>(answers, List.of(3, 2)));
    }

    private static final class Pets implements Dataset {
        @Override
        public DatasetInfo info() {
            return new DatasetInfo(
                    "pets/test",
                    "0".repeat(64),
                    List.of(Column.of("image", "f32[B,1,2,3]"), Column.of("mask", "i64[B,2,3]")),
                    List.of("cat", "dog"));
        }

        @Override
        public int size() {
            return 2;
        }

        @Override
        public Map<String, Tensor> batch(int[] indices, BatchMemory memory) {
            assertThat(indices).containsExactly(0, 1);
            long[] masks = new long[12];
            System.arraycopy(CAT_BELOW, 0, masks, 0, 6);
            System.arraycopy(BOTH, 0, masks, 6, 6);
            return Map.of("image", Tensor.allocate(ElementType.FLOAT32, 2, 1, 2, 3), "mask", Tensor.of(masks, 2, 2, 3));
        }
    }
}
