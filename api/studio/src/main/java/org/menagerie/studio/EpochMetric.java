package org.menagerie.studio;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.menagerie.hub.Zoo;
import org.menagerie.hub.ZooOptions;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.ZooException;
import org.menagerie.studio.metric.MetricKind;
import org.menagerie.studio.metric.Metrics;
import org.menagerie.studio.metric.ModelEvaluator;
import org.menagerie.training.data.Dataset;
import org.menagerie.training.data.Splits;
import org.menagerie.training.data.Subset;
import org.menagerie.training.recipe.EpochMeasure;
import org.menagerie.training.recipe.Recipe;
import org.menagerie.training.recipe.Subject;
import org.menagerie.training.recipe.TrainingRun;

/**
 * Judges epochs by the metric of the task, from inputs to answers as a user of the model will get them. An epoch is measured on the
 * first {@value #MOST} examples of the validation part at most.
 */
final class EpochMetric implements EpochMeasure {
    private static final int MOST = 1_000;

    private final ZooOptions options;
    private final Subject subject;
    private final TrainedCard.Origin origin;
    private final Recipe recipe;
    private final Splits splits;
    private final String metric;
    private final MetricKind<?, ?> kind;

    private EpochMetric(
            ZooOptions options,
            Subject subject,
            TrainedCard.Origin origin,
            Recipe recipe,
            Splits splits,
            String metric,
            MetricKind<?, ?> kind) {
        this.options = options;
        this.subject = subject;
        this.origin = origin;
        this.recipe = recipe;
        this.splits = splits;
        this.metric = metric;
        this.kind = kind;
    }

    /**
     * The measure that the task of what is trained names; empty if it names none.
     *
     * @throws InvalidInputException if no plugin brings the metric
     */
    static Optional<EpochMeasure> of(
            Zoo zoo, Subject subject, TrainedCard.Origin origin, Recipe recipe, Splits splits) {
        return subject.task().metric().map(metric -> {
            Metrics metrics = Metrics.of(zoo);
            MetricKind<?, ?> kind = metrics.find(metric)
                    .orElseThrow(() -> new InvalidInputException(
                            "The task of '%s' is judged by metric '%s', which no plugin brings; there are %s"
                                    .formatted(subject.name(), metric, new TreeSet<>(metrics.names()))));
            return new EpochMetric(zoo.hub().options(), subject, origin, recipe, splits, metric, kind);
        });
    }

    @Override
    public Map<String, Double> figures(TrainingRun.Result epoch) {
        Path folder = epoch.networks().values().stream()
                .findFirst()
                .map(Path::getParent)
                .orElseThrow(() -> new ZooException("'%s' exports no network".formatted(subject.name())));
        new TrainedCard(subject.name(), origin, List.of(), subject.task(), recipe, epoch, splits).write(folder);
        try (Zoo zoo = Zoo.open(options.withOffline(true).withCatalogs(List.of(folder)))) {
            return ModelEvaluator.figures(zoo, "%s/%s".formatted(folder.getFileName(), subject.name()), metric, part());
        }
    }

    private Dataset part() {
        Dataset validation = splits.validation();
        return validation.size() <= MOST
                ? validation
                : Subset.range(validation, validation.info().name(), 0, MOST);
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
