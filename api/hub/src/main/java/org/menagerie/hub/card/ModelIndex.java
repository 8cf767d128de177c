package org.menagerie.hub.card;

import java.util.List;
import java.util.Optional;
import org.menagerie.spi.ModelCard.Metric;
import org.menagerie.spi.settings.SettingNode;

/** Reads {@code model-index}, Hugging Face's block of measured results, and the names under {@code metrics}. */
final class ModelIndex {
    private ModelIndex() {}

    /** All results; each metric may carry the {@code command} that prints it. */
    static List<Metric> metrics(SettingNode root) {
        root.optional("metrics").ifPresent(SettingNode::texts);
        return root.optional("model-index").map(SettingNode::items).orElse(List.of()).stream()
                .flatMap(model -> model.allow("name", "results").required("results").items().stream())
                .flatMap(result -> results(result).stream())
                .toList();
    }

    private static List<Metric> results(SettingNode result) {
        result.allow("task", "dataset", "metrics", "source");
        result.optional("task")
                .ifPresent(task -> task.allow("type", "name").required("type").text());
        SettingNode dataset = result.required("dataset").allow("name", "type", "config", "split", "revision", "args");
        String name = dataset.required("name").text();
        String measuredOn = dataset.optional("split")
                .map(split -> name + " (" + split.text() + ")")
                .orElse(name);
        return result.required("metrics").items().stream()
                .map(metric -> metric(metric, measuredOn))
                .toList();
    }

    private static Metric metric(SettingNode metric, String measuredOn) {
        metric.allow("type", "value", "name", "config", "args", "verified", "command");
        Optional<String> command = metric.optional("command").map(SettingNode::text);
        return new Metric(
                metric.required("type").text(), metric.required("value").number(), measuredOn, command);
    }
}
