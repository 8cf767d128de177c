package org.menagerie.studio.metric;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the model that is measured and the data that it is measured on.
 *
 * @param model the model's name
 * @param metric the metric's name; null for the usual one of the model's types
 * @param data a data set, or format:LOCATION; null for the one that the model was trained on, else the first of its card
 * @param part {@code train}, {@code validation}, {@code test} or {@value #ALL}, which is all of a file without parts; null for
 *     all of such a file unless the model was trained on it, else {@code test}
 * @param settings settings of the model's decoder or kind that replace its card's
 * @param report the folder that a page about the evaluation is written to; null for none
 */
public record EvaluateOptions(
        String model,
        @Nullable String metric,
        @Nullable String data,
        @Nullable String part,
        Map<String, JsonNode> settings,
        @Nullable Path report) {
    /** All examples of a file without parts. */
    public static final String ALL = "all";

    public EvaluateOptions {
        settings = Map.copyOf(settings);
    }

    /** A model by its usual metric on the data of its card. */
    public static EvaluateOptions of(String model) {
        return new EvaluateOptions(model, null, null, null, Map.of(), null);
    }

    /** The same by another metric. */
    public EvaluateOptions withMetric(@Nullable String name) {
        return new EvaluateOptions(model, name, data, part, settings, report);
    }

    /** The same on other data. */
    public EvaluateOptions withData(@Nullable String specification) {
        return new EvaluateOptions(model, metric, specification, part, settings, report);
    }

    /** The same on another part of the data. */
    public EvaluateOptions withPart(@Nullable String name) {
        return new EvaluateOptions(model, metric, data, name, settings, report);
    }

    /** The same with other settings of the model. */
    public EvaluateOptions withSettings(Map<String, JsonNode> replacing) {
        return new EvaluateOptions(model, metric, data, part, replacing, report);
    }

    /** The same with a page about it, written to a folder. */
    public EvaluateOptions withReport(@Nullable Path folder) {
        return new EvaluateOptions(model, metric, data, part, settings, folder);
    }
}
