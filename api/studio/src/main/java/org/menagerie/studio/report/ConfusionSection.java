package org.menagerie.studio.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.menagerie.studio.report.ReportSection.Cell;
import org.menagerie.studio.report.ReportSection.Table;
import org.menagerie.training.metrics.ConfusionMatrix;

/**
 * A confusion matrix as a table; of many classes the most frequent confusions.
 *
 * @param names of its classes
 * @param unit what it counts, in the plural
 */
public record ConfusionSection(ConfusionMatrix matrix, List<String> names, String unit) {
    private static final int MOST_CLASSES = 30;
    private static final int MOST_CONFUSIONS = 50;

    /** The section with the table. */
    public ReportSection section() {
        return names.size() <= MOST_CLASSES
                ? new ReportSection(
                        "Confusion matrix",
                        "Rows are the classes that the data states, columns those that the model answers, in " + unit
                                + ". The ground is the share of the row.",
                        whole())
                : new ReportSection(
                        "Most frequent confusions",
                        "Which class of the data was answered as which other one, in " + unit + ".",
                        frequent());
    }

    private Table whole() {
        List<String> header = new ArrayList<>(List.of(""));
        header.addAll(names);
        List<List<Cell>> rows = new ArrayList<>();
        for (int actual = 0; actual < names.size(); actual++) {
            List<Cell> row = new ArrayList<>(List.of(new Cell(names.get(actual))));
            long support = Math.max(1, matrix.support(actual));
            for (int predicted = 0; predicted < names.size(); predicted++) {
                long count = matrix.count(actual, predicted);
                row.add(new Cell(count == 0 ? "" : "%,d".formatted(count), (double) count / support));
            }
            rows.add(row);
        }
        return new Table(header, rows);
    }

    private Table frequent() {
        int classes = names.size();
        List<List<Cell>> rows = IntStream.range(0, classes * classes)
                .filter(i -> i / classes != i % classes && matrix.count(i / classes, i % classes) > 0)
                .boxed()
                .sorted(Comparator.comparing(i -> -matrix.count(i / classes, i % classes)))
                .limit(MOST_CONFUSIONS)
                .map(i -> {
                    long count = matrix.count(i / classes, i % classes);
                    return List.of(
                            new Cell(names.get(i / classes)),
                            new Cell(names.get(i % classes)),
                            new Cell("%,d".formatted(count), (double) count / matrix.support(i / classes)));
                })
                .toList();
        return new Table(List.of("class", "answered as", unit), rows);
    }
}
