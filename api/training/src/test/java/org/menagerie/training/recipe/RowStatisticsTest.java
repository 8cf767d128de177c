package org.menagerie.training.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Tensor;
import org.menagerie.training.data.BatchMemory;
import org.menagerie.training.data.Column;
import org.menagerie.training.data.Dataset;
import org.menagerie.training.data.DatasetInfo;

class RowStatisticsTest {
    /** Rows of a table, one after the other. */
    private record Rows(int columns, float... values) implements Dataset {
        @Override
        public DatasetInfo info() {
            Column row = Column.of("row", "f32[B,%d]".formatted(columns));
            return new DatasetInfo("table", "0".repeat(64), List.of(row, Column.of("label", "i64[B]")), List.of());
        }

        @Override
        public int size() {
            return values.length / columns;
        }

        @Override
        public Map<String, Tensor> batch(int[] indices, BatchMemory memory) {
            float[] chosen = new float[indices.length * columns];
            for (int i = 0; i < indices.length; i++) {
                System.arraycopy(values, indices[i] * columns, chosen, i * columns, columns);
            }
            return Map.of("row", Tensor.of(chosen, indices.length, columns));
        }
    }

    @Test
    void columnsAreOfMeanZeroAndDeviationOneInWhateverUnitsTheyCome() {
        Rows rows = new Rows(3, 1, 5_000, 7, 2, 5_010, 7, 4, 5_050, 7);
        InputStatistics statistics = InputStatistics.of(rows).orElseThrow();
        // numpy: mean and std of [1, 2, 4] and [5000, 5010, 5050]; equal values have the deviation 1.
        assertThat(statistics.mean()).containsExactly(2.33333, 5020.0, 7.0);
        assertThat(statistics.std()).containsExactly(1.24722, 21.6025, 1.0);
        Map<String, Tensor> batch = rows.batch(new int[] {0, 2}, new BatchMemory());
        statistics.transform().apply(batch, new SplittableRandom(1));
        assertThat(Column.in(batch, "row").toFloatArray())
                .containsExactly(
                        new float[] {-1.069044f, -0.925818f, 0, 1.336305f, 1.388728f, 0},
                        org.assertj.core.data.Offset.offset(1e-4f));
    }

    @Test
    void aSmallSpreadOfLargeValuesIsNotLost() {
        float[] values = new float[2_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = 1_000_000 + i % 2;
        }
        InputStatistics statistics = InputStatistics.of(new Rows(1, values)).orElseThrow();
        assertThat(statistics.std()).containsExactly(0.5);
    }

    @Test
    void valuesThatAreNotFiniteAreNamed() {
        assertThatThrownBy(() -> InputStatistics.of(new Rows(2, 1, 2, 3, Float.NaN)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Column 1 of 'row' in data set 'table'");
    }
}
