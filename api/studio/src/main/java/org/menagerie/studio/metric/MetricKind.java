package org.menagerie.studio.metric;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.menagerie.hub.ModelSignature;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.ModelCard;
import org.menagerie.studio.report.ReportPart;
import org.menagerie.studio.report.ReportSubject;
import org.menagerie.training.data.Column;
import org.menagerie.training.data.Dataset;

/**
 * A measure of models on data, found by the types that a model takes and answers. Bound by a plugin with {@code
 * PluginBinder.on(binder()).bind(MetricKind.class, "accuracy")}.
 *
 * @param subject the models that it measures, in the plural, for example {@code classifiers of pictures}
 * @param input what they take
 * @param answer what they answer
 * @param columns the columns of data that it reads
 * @param figures the names of its figures; the first is the one that models are compared by
 * @param higherIsBetter which way the first figure is better
 * @param usual true for the metric of its types that counts where none is named
 * @param settings that a model is loaded with in place of its card's, as far as it has them
 * @param create makes the evaluation on a data set, with the card of the model
 * @param report makes the part of a page about an evaluation that is the metric's own; empty for figures alone
 */
public record MetricKind<I, O>(
        String subject,
        Class<I> input,
        Class<O> answer,
        List<String> columns,
        List<String> figures,
        boolean higherIsBetter,
        boolean usual,
        Map<String, JsonNode> settings,
        BiFunction<Dataset, ModelCard, Evaluation<I, O>> create,
        Optional<Function<ReportSubject, ReportPart<I, O>>> report) {
    public MetricKind {
        columns = List.copyOf(columns);
        figures = List.copyOf(figures);
        settings = Map.copyOf(settings);
        if (figures.isEmpty()) {
            throw new IllegalArgumentException("A metric of %s needs a figure".formatted(subject));
        }
    }

    /** A metric whose page shows its figures alone. */
    public MetricKind(
            String subject,
            Class<I> input,
            Class<O> answer,
            List<String> columns,
            List<String> figures,
            boolean higherIsBetter,
            boolean usual,
            Map<String, JsonNode> settings,
            BiFunction<Dataset, ModelCard, Evaluation<I, O>> create) {
        this(subject, input, answer, columns, figures, higherIsBetter, usual, settings, create, Optional.empty());
    }

    /**
     * A metric that looks at one answer after the other; more is better.
     *
     * @param examples how examples become inputs
     * @param columns the columns that the measure reads beside those of the inputs
     * @param measure makes a measure for a data set, with the card of the model
     */
    public static <I, O> MetricKind<I, O> of(
            String subject,
            Examples<I> examples,
            Class<O> answer,
            List<String> columns,
            List<String> figures,
            BiFunction<Dataset, ModelCard, Measure<O>> measure) {
        List<String> all = new ArrayList<>(examples.columns());
        all.addAll(columns);
        return new MetricKind<>(
                subject,
                examples.input(),
                answer,
                all,
                figures,
                true,
                false,
                Map.of(),
                (data, card) -> new MeasuredExamples<>(examples, data, measure.apply(data, card)));
    }

    /** The same metric, of which less is better. */
    public MetricKind<I, O> lowerIsBetter() {
        return new MetricKind<>(subject, input, answer, columns, figures, false, usual, settings, create, report);
    }

    /** The same metric as the one of its types that counts where none is named. */
    public MetricKind<I, O> asUsual() {
        return new MetricKind<>(
                subject, input, answer, columns, figures, higherIsBetter, true, settings, create, report);
    }

    /** The same metric of models that are loaded with other settings. */
    public MetricKind<I, O> withSettings(Map<String, JsonNode> others) {
        return new MetricKind<>(
                subject, input, answer, columns, figures, higherIsBetter, usual, others, create, report);
    }

    /** The same metric with a part of its own in the pages about its evaluations. */
    public MetricKind<I, O> reportedBy(Function<ReportSubject, ReportPart<I, O>> part) {
        return new MetricKind<>(
                subject, input, answer, columns, figures, higherIsBetter, usual, settings, create, Optional.of(part));
    }

    /** Whether it measures such models. */
    boolean fits(ModelSignature model) {
        return input == model.input() && answer == model.output();
    }

    /**
     * Figures in the order in which the kind names them.
     *
     * @throws IllegalStateException if they have other names; that is a fault of the metric
     */
    Map<String, Double> ordered(Map<String, Double> measured) {
        if (!measured.keySet().equals(Set.copyOf(figures))) {
            throw new IllegalStateException(
                    "A metric of %s names the figures %s and gave %s".formatted(subject, figures, measured.keySet()));
        }
        Map<String, Double> ordered = new LinkedHashMap<>();
        figures.forEach(name -> ordered.put(name, measured.getOrDefault(name, Double.NaN)));
        return ordered;
    }

    /** Its settings that a model has. */
    Map<String, JsonNode> settings(ModelSignature model) {
        Map<String, JsonNode> known = new LinkedHashMap<>(settings);
        known.keySet().retainAll(model.settings());
        return known;
    }

    /** The evaluation on a data set; fails if that lacks a column. */
    Evaluation<I, O> on(Dataset data, ModelCard card) {
        List<String> present = data.info().columns().stream().map(Column::name).toList();
        for (String column : columns) {
            if (!present.contains(column)) {
                throw new InvalidInputException("The metric needs data with the columns %s; %s has %s"
                        .formatted(columns, data.info().name(), present));
            }
        }
        return create.apply(columns.contains(CheckedLabels.COLUMN) ? CheckedLabels.of(data, card) : data, card);
    }
}
