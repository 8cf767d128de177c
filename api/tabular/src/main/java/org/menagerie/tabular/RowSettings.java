package org.menagerie.tabular;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a card wants rows prepared. The number x of a column becomes {@code (x - mean) / std}.
 *
 * @param input the network's input, f32[N,columns]
 * @param columns how many numbers a row has
 * @param mean one for each column; 0 by default
 * @param std one for each column, above 0; 1 by default
 */
record RowSettings(
        String input,
        int columns,
        @Nullable List<Double> mean,
        @Nullable List<Double> std) {
    RowSettings {
        if (columns < 1) {
            throw new IllegalArgumentException("columns must be at least 1, found " + columns);
        }
        requireSize("mean", mean, columns);
        requireSize("std", std, columns);
        if (std != null && std.stream().anyMatch(each -> !(each > 0))) {
            throw new IllegalArgumentException("every std must be above 0, found " + std);
        }
    }

    private static void requireSize(String name, @Nullable List<Double> values, int columns) {
        if (values != null && values.size() != columns) {
            throw new IllegalArgumentException(
                    "%s has %d values for %d columns".formatted(name, values.size(), columns));
        }
    }
}
