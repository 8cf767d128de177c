package org.menagerie.training.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Tensor;
import org.menagerie.training.data.BatchMemory;
import org.menagerie.training.data.Column;
import org.menagerie.training.data.Dataset;
import org.menagerie.training.data.DatasetInfo;

class ChannelStatisticsTest {
    /** Images 2 by 2 of two channels: one value after the other, and a constant. */
    private record Images(float first, float step, float constant) implements Dataset {
        @Override
        public DatasetInfo info() {
            return new DatasetInfo("grey", "0".repeat(64), List.of(Column.of("image", "f32[B,2,2,2]")), List.of());
        }

        @Override
        public int size() {
            return 3;
        }

        @Override
        public Map<String, Tensor> batch(int[] indices, BatchMemory memory) {
            Tensor image = Tensor.allocate(ElementType.FLOAT32, indices.length, 2, 2, 2);
            for (int i = 0; i < image.size(); i++) {
                image.floats().put(i, i % 8 < 4 ? first + step * (i % 4) : constant);
            }
            return Map.of("image", image);
        }
    }

    /** A channel without variation has no deviation to divide by; its variance may come out a little below zero as well. */
    @Test
    void aConstantChannelIsNamed() {
        for (float constant : new float[] {0, 0.1f, 77.7f, 255}) {
            assertThatThrownBy(() -> ChannelStatistics.of(new Images(0, 1, constant)))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("'grey' hold the same value in channel 1, %.1f of 255".formatted(constant));
        }
        assertThatThrownBy(() -> ChannelStatistics.of(new Images(33, 0, 1)))
                .hasMessageContaining("in channel 0, 33.0 of 255");
    }

    @Test
    void theStatisticsOfOrdinaryImages() {
        Images images = new Images(0, 85, 255);
        Dataset varied = new Dataset() {
            @Override
            public DatasetInfo info() {
                return images.info();
            }

            @Override
            public int size() {
                return 1;
            }

            @Override
            public Map<String, Tensor> batch(int[] indices, BatchMemory memory) {
                return Map.of("image", Tensor.of(new float[] {0, 85, 170, 255, 0, 0, 255, 255}, 1, 2, 2, 2));
            }
        };
        ChannelStatistics statistics = ChannelStatistics.of(varied).orElseThrow();
        // numpy: mean and std of [0, 1/3, 2/3, 1] and [0, 0, 1, 1].
        assertThat(statistics.mean()).containsExactly(.5, .5);
        assertThat(statistics.std()).containsExactly(.3727, .5);
    }
}
