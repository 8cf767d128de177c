package org.menagerie.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.menagerie.graph.Graph;
import org.menagerie.graph.Mode;
import org.menagerie.graph.Value;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Tensor;
import org.menagerie.training.data.BatchMemory;
import org.menagerie.training.data.Column;
import org.menagerie.training.data.Dataset;
import org.menagerie.training.data.DatasetInfo;
import org.menagerie.training.data.Splits;

/** Refuses data with labels or tokens that a network has no place for, before it learns from them in silence. */
final class IndexCheck {
    private static final int BATCH = 250;
    private static final int NAMED = 20;

    private IndexCheck() {}

    /**
     * Holds all parts of a data set against an objective.
     *
     * @throws InvalidInputException if an index is outside what the network tells apart, or the data lacks an input
     */
    static void require(Objective objective, Splits splits) {
        requireColumns(
                objective.graph("columns", Mode.INFERENCE), splits.train().info());
        Graph graph = objective.graph("indices", Mode.TRAINING);
        for (IndexBound bound : IndexBound.of(graph.inputs(), graph.nodes())) {
            for (Dataset part : List.of(splits.train(), splits.validation(), splits.test())) {
                require(bound, part);
            }
        }
    }

    private static void requireColumns(Graph measured, DatasetInfo data) {
        Map<String, String> columns = new LinkedHashMap<>();
        data.columns().forEach(column -> columns.put(column.name(), column.type()));
        for (Value input : measured.inputs()) {
            if (!columns.containsKey(input.name())) {
                throw new InvalidInputException("The network needs '%s' %s; data set %s has %s"
                        .formatted(input.name(), input.type(), data.name(), columns));
            }
        }
    }

    private static void require(IndexBound bound, Dataset data) {
        boolean has =
                data.info().columns().stream().anyMatch(column -> column.name().equals(bound.input()));
        boolean known = data.range(bound.input())
                .filter(range -> (range.least() >= 0 || bound.signed()) && range.greatest() < bound.count())
                .isPresent();
        if (has && !known) {
            scan(bound, data);
        }
    }

    private static void scan(IndexBound bound, Dataset data) {
        BatchMemory memory = new BatchMemory();
        for (int from = 0; from < data.size(); from += BATCH) {
            int[] examples =
                    IntStream.range(from, Math.min(data.size(), from + BATCH)).toArray();
            Tensor column = Column.in(data.batch(examples, memory), bound.input());
            Long unknown = unknown(bound, column);
            if (unknown != null) {
                throw refused(bound, data, unknown);
            }
        }
    }

    private static @Nullable Long unknown(IndexBound bound, Tensor column) {
        for (int i = 0; i < column.size(); i++) {
            Optional<Long> index = switch (column.elementType()) {
                case INT64 -> Optional.of(column.longs().get(i));
                case INT32 -> Optional.of((long) column.ints().get(i));
                default -> Optional.empty();
            };
            if (index.isPresent() && !bound.allows(index.get())) {
                return index.get();
            }
        }
        return null;
    }

    private static InvalidInputException refused(IndexBound bound, Dataset data, long found) {
        String remedy = found < 0
                ? "Number them from 0"
                : "Give the network at least %,d, or leave out what it is not to learn".formatted(found + 1);
        return new InvalidInputException(
                "Data set %s has %d in column '%s', where the network tells %,d values apart, 0 to %d%s. %s"
                        .formatted(
                                data.info().name(),
                                found,
                                bound.input(),
                                bound.count(),
                                bound.count() - 1,
                                described(data.info()),
                                remedy));
    }

    private static String described(DatasetInfo info) {
        List<String> parts = new ArrayList<>();
        if (!info.labels().isEmpty()) {
            parts.add("the data's %d classes are %s".formatted(info.labels().size(), shortened(info.labels())));
        }
        if (!info.vocabulary().isEmpty()) {
            parts.add("its vocabulary has %d tokens".formatted(info.vocabulary().size()));
        }
        return parts.isEmpty() ? "" : "; " + String.join(", and ", parts);
    }

    private static String shortened(List<String> names) {
        String first = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
        return names.size() > NAMED ? first + ", …" : first;
    }
}
