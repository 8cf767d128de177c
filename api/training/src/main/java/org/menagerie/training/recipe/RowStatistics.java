package org.menagerie.training.recipe;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Tensor;
import org.menagerie.training.data.BatchMemory;
import org.menagerie.training.data.Column;
import org.menagerie.training.data.Dataset;
import org.menagerie.training.data.DatasetInfo;
import org.menagerie.training.data.Transform;

/**
 * Mean and standard deviation of rows of numbers, by column.
 *
 * @param column the name of the data's column of rows, f32[B,K]
 * @param mean to six digits
 * @param std to six digits; 1 for a column whose values are all equal
 */
public record RowStatistics(String column, List<Double> mean, List<Double> std) implements InputStatistics {
    private static final int BATCH = 500;
    private static final MathContext DIGITS = new MathContext(6);

    public RowStatistics {
        mean = List.copyOf(mean);
        std = List.copyOf(std);
    }

    /** The one column that holds rows of numbers, f32[B,K] with K a number; empty if there is none or more than one. */
    public static Optional<Column> column(DatasetInfo data) {
        List<Column> rows = data.columns().stream().filter(RowStatistics::isRow).toList();
        return rows.size() == 1 ? Optional.of(rows.get(0)) : Optional.empty();
    }

    /** True for a column of rows with as many numbers each. */
    public static boolean isRow(Column column) {
        return column.elementType() == ElementType.FLOAT32
                && column.axes().size() == 2
                && column.axes().get(1).matches("\\d+");
    }

    /** The statistics of all examples; empty of a data set without one column of rows. */
    static Optional<RowStatistics> of(Dataset dataset) {
        Optional<Column> column = column(dataset.info());
        if (column.isEmpty() || dataset.size() == 0) {
            return Optional.empty();
        }
        int width = Integer.parseInt(column.get().axes().get(1));
        double[] shift = new double[width];
        double[] sums = new double[width];
        double[] squares = new double[width];
        BatchMemory memory = new BatchMemory();
        for (int from = 0; from < dataset.size(); from += BATCH) {
            int[] indices = IntStream.range(from, Math.min(dataset.size(), from + BATCH))
                    .toArray();
            Tensor rows = Column.in(dataset.batch(indices, memory), column.get().name());
            FloatBuffer values = rows.floats();
            for (int i = 0; i < indices.length * width; i++) {
                int c = i % width;
                double value = values.get(i);
                if (from == 0 && i < width) {
                    shift[c] = value; // distances from a first value keep their digits where all values are large
                }
                sums[c] += value - shift[c];
                squares[c] += (value - shift[c]) * (value - shift[c]);
            }
        }
        List<Double> mean = new ArrayList<>();
        List<Double> std = new ArrayList<>();
        for (int c = 0; c < width; c++) {
            double distance = sums[c] / dataset.size();
            double deviation = Math.sqrt(Math.max(0, squares[c] / dataset.size() - distance * distance));
            if (!Double.isFinite(shift[c] + distance) || !Double.isFinite(deviation)) {
                throw new InvalidInputException(
                        "Column %d of '%s' in data set '%s' has no finite mean and deviation; check its values"
                                .formatted(
                                        c, column.get().name(), dataset.info().name()));
            }
            mean.add(rounded(shift[c] + distance));
            std.add(deviation == 0 ? 1 : rounded(deviation));
        }
        return Optional.of(new RowStatistics(column.get().name(), mean, std));
    }

    private static double rounded(double value) {
        return new BigDecimal(value).round(DIGITS).doubleValue();
    }

    @Override
    public Transform transform() {
        return this::normalise;
    }

    private void normalise(Map<String, Tensor> batch, RandomGenerator random) {
        FloatBuffer values = Column.in(batch, column).floats();
        for (int i = 0; i < values.capacity(); i++) {
            int c = i % mean.size();
            values.put(i, (float) ((values.get(i) - mean.get(c)) / std.get(c)));
        }
    }
}
