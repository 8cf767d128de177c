package org.menagerie.studio.metric;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.menagerie.hub.ModelSignature;
import org.menagerie.hub.TypedModel;
import org.menagerie.hub.Zoo;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Model;
import org.menagerie.spi.ModelCard;
import org.menagerie.studio.report.EvaluationPage;
import org.menagerie.studio.report.ReportPart;
import org.menagerie.studio.report.ReportSection;
import org.menagerie.studio.report.ReportSubject;
import org.menagerie.training.data.DataSpecificationException;
import org.menagerie.training.data.Dataset;
import org.menagerie.training.data.Datasets;
import org.menagerie.training.data.Splits;
import org.menagerie.training.recipe.Recipe;

/**
 * Measures models on data, from inputs to answers as a user gets them. Thread-safe.
 *
 * @param zoo loads the models
 * @param datasets opens the data
 * @param remarks is told which part was chosen where another could have been meant, and which classes the model does not know
 */
public record ModelEvaluator(Zoo zoo, Datasets datasets, Consumer<String> remarks) {
    /**
     * Measures a model.
     *
     * @throws InvalidInputException if no metric fits, or the data does not fit the metric
     * @throws DataSpecificationException if the data or its part is unknown
     * @throws org.menagerie.spi.SettingException if the model does not have a setting
     */
    public EvaluationReport evaluate(EvaluateOptions options) {
        requirePart(options.part());
        Optional<Path> folder = Optional.ofNullable(options.report());
        folder.ifPresent(EvaluationPage::requireFree);
        ModelCard card = zoo.card(options.model());
        if (options.data() != null) {
            datasets.requireKnown(options.data());
        }
        ModelSignature signature = zoo.signature(options.model());
        MetricKind<?, ?> metric = Metrics.of(zoo).choose(signature, options.metric());
        Map<String, JsonNode> settings = new LinkedHashMap<>(metric.settings(signature));
        settings.putAll(options.settings());
        TypedModel<?, ?> typed = zoo.load(options.model(), settings);
        return measured(zoo, metric, options.model(), typed, () -> part(options, card), card, folder, remarks);
    }

    /**
     * A model's figures on some examples.
     *
     * @throws InvalidInputException if the metric does not fit the model or the data
     */
    public static Map<String, Double> figures(Zoo zoo, String name, String metric, Dataset part) {
        ModelSignature signature = zoo.signature(name);
        MetricKind<?, ?> kind = Metrics.of(zoo).choose(signature, metric);
        TypedModel<?, ?> typed = zoo.load(name, kind.settings(signature));
        return measured(zoo, kind, name, typed, () -> part, zoo.card(name), Optional.empty(), remark -> {})
                .figures();
    }

    private static <I, O> EvaluationReport measured(
            Zoo zoo,
            MetricKind<I, O> metric,
            String name,
            TypedModel<?, ?> typed,
            Supplier<Dataset> data,
            ModelCard card,
            Optional<Path> folder,
            Consumer<String> remarks) {
        try (Model<I, O> model = model(typed)) {
            Dataset part = data.get();
            ClassNames.require(name, card.labels(), part.info());
            ClassNames.unknown(name, card.labels(), part.info()).ifPresent(remarks);
            Evaluation<I, O> evaluation = metric.on(part, card);
            Optional<ReportPart<I, O>> shown = folder.isEmpty()
                    ? Optional.empty()
                    : metric.report().map(made -> made.apply(new ReportSubject(part, card, zoo.answers())));
            Map<String, Double> figures =
                    metric.ordered(shown.isEmpty() ? evaluation.of(model) : evaluation.of(model, shown.get()));
            EvaluationReport report = new EvaluationReport(name, part.info().name(), part.size(), figures);
            List<ReportSection> sections = shown.map(ReportPart::sections).orElse(List.of());
            folder.ifPresent(to -> new EvaluationPage(report, sections).write(to));
            return report;
        }
    }

    /** The metric fits the signature, which names these types. */
    @SuppressWarnings("unchecked")
    private static <I, O> Model<I, O> model(TypedModel<?, ?> typed) {
        return (Model<I, O>) typed.model();
    }

    private static void requirePart(@Nullable String part) {
        if (part != null && !part.equals(EvaluateOptions.ALL) && !Splits.PARTS.contains(part)) {
            throw new DataSpecificationException("Unknown part '%s'; expected one of %s or %s"
                    .formatted(part, String.join(", ", Splits.PARTS), EvaluateOptions.ALL));
        }
    }

    /**
     * The examples that options choose.
     *
     * @throws DataSpecificationException if the data or its part is unknown
     */
    public Dataset part(EvaluateOptions options) {
        requirePart(options.part());
        if (options.data() != null) {
            datasets.requireKnown(options.data());
        }
        return part(options, zoo.card(options.model()));
    }

    /** The examples to measure on. A model is measured on the test part of the data that it was trained on. */
    private Dataset part(EvaluateOptions options, ModelCard card) {
        String part = options.part();
        Optional<String> trainedOn = trainedOn(card);
        String specification = Stream.ofNullable(options.data())
                .findFirst()
                .or(() -> trainedOn)
                .orElseGet(() -> published(card));
        boolean seen = trainedOn.isPresent() && trainedOn.get().equals(specification);
        if (part == null ? !seen : part.equals(EvaluateOptions.ALL)) {
            Optional<Dataset> whole = datasets.whole(specification);
            if (whole.isPresent()) {
                return whole.get();
            }
            if (part != null) {
                throw new DataSpecificationException("Part '%s' needs a file without parts; '%s' has %s"
                        .formatted(EvaluateOptions.ALL, specification, String.join(", ", Splits.PARTS)));
            }
        }
        if (part == null && options.data() != null && seen) {
            remarks.accept(
                    "'%s' was trained on this data, so its test part is measured; part '%s' would be all of a file without parts"
                            .formatted(options.model(), EvaluateOptions.ALL));
        }
        return datasets.open(specification).part(part == null ? "test" : part);
    }

    private static Optional<String> trainedOn(ModelCard card) {
        return card.recipe().map(recipe -> recipe.as(Recipe.class).data());
    }

    private static String published(ModelCard card) {
        List<String> named = card.datasets();
        if (named.isEmpty()) {
            throw new InvalidInputException(
                    "The card of '%s' names no data set to measure it on; state one".formatted(card.name()));
        }
        return named.get(0);
    }
}
