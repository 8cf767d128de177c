package org.menagerie.training.recipe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.menagerie.spi.Tensor;
import org.menagerie.spi.ZooException;
import org.menagerie.training.Judge;
import org.menagerie.training.data.Dataset;

/**
 * Exports each epoch's networks and has them measured.
 *
 * @param export writes networks of these weights into a folder
 * @param folder of the run; the networks lie in a folder of it while they are measured
 * @param part what they are measured on
 */
record NetworkJudge(
        EpochMeasure measure,
        BiFunction<Map<String, Tensor>, Path, TrainingRun.Result> export,
        Path folder,
        Dataset part)
        implements Judge {
    private static final String PREFIX = ".epoch";

    /** Removes what a run that was killed while it measured an epoch left in its folder. */
    static void clear(Path folder) {
        try {
            List<Path> left = List.of();
            if (Files.isDirectory(folder)) {
                try (Stream<Path> listed = Files.list(folder)) {
                    left = listed.filter(
                                    place -> String.valueOf(place.getFileName()).startsWith(PREFIX))
                            .filter(Files::isDirectory)
                            .toList();
                }
            }
            for (Path place : left) {
                remove(place);
            }
        } catch (IOException e) {
            throw new ZooException(
                    "Remains of an earlier run in %s cannot be removed: %s".formatted(folder, e.getMessage()), e);
        }
    }

    @Override
    public Map<String, Double> figures(Map<String, Tensor> weights) {
        try {
            Path place = Files.createTempDirectory(folder, PREFIX);
            try {
                return measure.figures(export.apply(weights, place), part);
            } finally {
                remove(place);
            }
        } catch (IOException e) {
            throw new ZooException(
                    "The networks of an epoch cannot be kept in %s: %s".formatted(folder, e.getMessage()), e);
        }
    }

    private static void remove(Path place) throws IOException {
        List<Path> files;
        try (Stream<Path> listed = Files.list(place)) {
            files = listed.toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
        Files.delete(place);
    }

    @Override
    public boolean better(Map<String, Double> now, Map<String, Double> before) {
        return merit(now) > merit(before);
    }

    /** Grows with the quality of an epoch; an epoch without the figure, as a run of an earlier version has it, is the worst. */
    private double merit(Map<String, Double> figures) {
        Double figure = figures.get(measure.judging());
        if (figure == null) {
            return Double.NEGATIVE_INFINITY;
        }
        return measure.higherIsBetter() ? figure : -figure;
    }
}
