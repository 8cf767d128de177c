package org.menagerie.studio;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.menagerie.hub.Zoo;
import org.menagerie.hub.ZooOptions;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.ZooException;
import org.menagerie.studio.metric.MetricKind;
import org.menagerie.studio.metric.Metrics;
import org.menagerie.studio.metric.ModelEvaluator;
import org.menagerie.training.data.Dataset;
import org.menagerie.training.recipe.EpochMeasure;
import org.menagerie.training.recipe.TrainingRun;

/**
 * Judges epochs by the metric of the task, from inputs to answers as a user of the model will get them.
 *
 * @param metric the name under which the kind is bound
 */
record EpochMetric(Training training, String metric, MetricKind<?, ?> kind) implements EpochMeasure {
    /** The figures of the metric that an epoch tells, the first ones; a detector's has twelve. */
    private static final int SHOWN = 2;

    /**
     * The measure that the task of what is trained names; empty if it names none.
     *
     * @throws InvalidInputException if no plugin brings the metric
     */
    static Optional<EpochMeasure> of(Training training) {
        return training.subject().task().metric().map(metric -> {
            Metrics metrics = Metrics.of(training.zoo());
            MetricKind<?, ?> kind = metrics.find(metric)
                    .orElseThrow(() -> new InvalidInputException(
                            "The task of '%s' is judged by metric '%s', which no plugin brings; there are %s"
                                    .formatted(training.subject().name(), metric, metrics.names())));
            return new EpochMetric(training, metric, kind);
        });
    }

    @Override
    public Map<String, Double> figures(TrainingRun.Result epoch, Dataset part) {
        String name = training.subject().name();
        Path folder = epoch.networks().values().stream()
                .findFirst()
                .map(Path::getParent)
                .orElseThrow(() -> new ZooException("'%s' exports no network".formatted(name)));
        training.trained(folder, epoch).card(List.of()).write(folder);
        ZooOptions options = training.zoo().hub().options().withOffline(true).withCatalogs(List.of(folder));
        try (Zoo zoo = Zoo.open(options)) {
            Map<String, Double> figures = new LinkedHashMap<>(
                    ModelEvaluator.figures(zoo, "%s/%s".formatted(folder.getFileName(), name), metric, part));
            figures.keySet().retainAll(kind.figures().stream().limit(SHOWN).toList());
            return figures;
        }
    }

    @Override
    public String judging() {
        return kind.figures().get(0);
    }

    @Override
    public boolean higherIsBetter() {
        return kind.higherIsBetter();
    }
}
