package org.menagerie.tabular;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Origin;
import org.menagerie.spi.Prepared;
import org.menagerie.spi.Preprocessor;
import org.menagerie.spi.Tensor;

/** Rows of numbers to {@code f32[N,columns]}. Thread-safe. */
final class RowPreprocessor implements Preprocessor<float[]> {
    private final RowSettings settings;

    RowPreprocessor(RowSettings settings) {
        this.settings = settings;
    }

    @Override
    public Prepared prepare(List<? extends float[]> inputs) {
        int columns = settings.columns();
        float[] values = new float[inputs.size() * columns];
        for (int i = 0; i < inputs.size(); i++) {
            float[] row = inputs.get(i);
            if (row == null || row.length != columns) {
                throw new InvalidInputException("A row of this model has %d numbers, found %s"
                        .formatted(columns, row == null ? "no row" : Integer.toString(row.length)));
            }
            for (int column = 0; column < columns; column++) {
                values[i * columns + column] = (float) scaled(row[column], column);
            }
        }
        return new Prepared(
                Map.of(settings.input(), Tensor.of(values, inputs.size(), columns)),
                Collections.nCopies(inputs.size(), new Origin.None()));
    }

    private double scaled(float value, int column) {
        List<Double> mean = settings.mean();
        List<Double> std = settings.std();
        double centred = mean == null ? value : value - mean.get(column);
        return std == null ? centred : centred / std.get(column);
    }
}
