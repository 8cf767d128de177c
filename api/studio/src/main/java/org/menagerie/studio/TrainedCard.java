package org.menagerie.studio;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.menagerie.graph.Task;
import org.menagerie.studio.metric.Figures;
import org.menagerie.training.data.Splits;
import org.menagerie.training.recipe.Recipe;
import org.menagerie.training.recipe.TrainingRun;
import org.menagerie.weights.AtomicFile;
import org.menagerie.weights.Sha256;

/**
 * The card of a model that was just trained, so that it can be run, evaluated and published as it is.
 *
 * @param command words of a command line that trains it again; empty if there is none
 */
record TrainedCard(
        String name,
        Origin origin,
        List<String> command,
        Task task,
        Recipe recipe,
        TrainingRun.Result result,
        Splits splits) {
    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .build());

    /** What a training starts from. */
    sealed interface Origin {
        /** An architecture with its config. */
        record Stated(String architecture, ObjectNode config) implements Origin {}

        /**
         * A network that was made elsewhere.
         *
         * @param source its file or model
         * @param trains what of it moved
         */
        record Tuned(String source, String trains) implements Origin {}
    }

    /** Writes the card into the folder of its networks. */
    Path write(Path folder) {
        Path card = folder.resolve(name + ".md");
        AtomicFile.writeStream(card, out -> {
            String text = "---\n%s---\n\n%s".formatted(YAML.writeValueAsString(frontMatter()), prose());
            out.write(text.getBytes(StandardCharsets.UTF_8));
        });
        return card;
    }

    private ObjectNode frontMatter() throws IOException {
        String data = String.valueOf(recipe.data());
        ObjectNode root = YAML.createObjectNode();
        root.put("license", "other");
        root.put("pipeline_tag", task.name());
        root.putArray("tags")
                .add(origin instanceof Origin.Stated stated ? stated.architecture() : "fine-tuned")
                .add("onnx");
        root.putArray("datasets").add(data);
        ArrayNode metrics = root.putArray("metrics");
        ObjectNode entry = root.putArray("model-index").addObject();
        entry.put("name", name);
        ObjectNode measured = entry.putArray("results").addObject();
        measured.putObject("task").put("type", task.name());
        measured.putObject("dataset").put("name", data).put("type", data).put("split", "test");
        ArrayNode values = measured.putArray("metrics");
        result.test().forEach((metric, value) -> {
            metrics.add(metric);
            values.addObject().put("type", metric).put("value", Math.round(value * 1e4) / 1e4);
        });
        menagerie(root.putObject("menagerie"));
        return root;
    }

    private void menagerie(ObjectNode block) throws IOException {
        if (origin instanceof Origin.Stated stated) {
            block.putObject("architecture").put("name", stated.architecture()).setAll(stated.config());
        }
        ObjectNode artifacts = block.putObject("artifacts");
        for (Map.Entry<String, Path> network : result.networks().entrySet()) {
            artifact(artifacts.putObject(network.getKey()), network.getValue());
        }
        new CardComponents(task, splits.test().info()).write(block, result.statistics());
        ArrayNode labels = block.putArray("labels");
        splits.test().info().labels().forEach(labels::add);
        recipe(block);
    }

    private static void artifact(ObjectNode artifact, Path path) throws IOException {
        String file = String.valueOf(path.getFileName());
        artifact.put("file", file)
                .put("size", Files.size(path))
                .put("sha256", Sha256.of(path))
                .putArray("sources")
                .add("file:" + file);
    }

    private void recipe(ObjectNode block) {
        block.set("recipe", recipe.tree());
    }

    private String prose() {
        String made = origin instanceof Origin.Tuned tuned
                ? "Fine-tuned from `%s`%s: %s were trained.".formatted(tuned.source(), by("tune"), tuned.trains())
                : "Trained%s.".formatted(by("train"));
        String again = command.isEmpty()
                ? ""
                : "\nThis command trains it again:\n\n```\n%s\n```\n".formatted(ShellWords.line(command));
        return "# %s\n\n%s On the test part of `%s`: %s.\n%s"
                .formatted(name, made, recipe.data(), Figures.text(result.test()), again);
    }

    private String by(String verb) {
        boolean zoo = !command.isEmpty() && command.get(0).equals("zoo");
        return zoo ? " by `zoo %s`".formatted(verb) : " by Menagerie";
    }
}
