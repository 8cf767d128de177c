package org.menagerie.cli;

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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.menagerie.graph.Task;
import org.menagerie.hub.cache.Sha256;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;
import org.menagerie.training.checkpoint.AtomicFile;
import org.menagerie.training.data.Column;
import org.menagerie.training.data.Splits;
import org.menagerie.training.recipe.ChannelStatistics;
import org.menagerie.training.recipe.Recipe;
import org.menagerie.training.recipe.TrainingRun;

/** The card of a model that was just trained, so that it can be run, evaluated and published as it is. */
record TrainedCard(
        String name,
        @Nullable String architecture,
        ObjectNode config,
        Task task,
        Recipe recipe,
        TrainingRun.Result result,
        Splits splits) {
    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .build());

    /** Writes the card, and says what the run gave. */
    void publish(Path folder, Console console) throws IOException {
        Path card = write(folder);
        console.out().println("test %s".formatted(TrainingProgress.text(result.test())));
        String networks =
                result.networks().values().stream().map(Path::toString).collect(Collectors.joining(", "));
        console.err().println("zoo: wrote %s and %s".formatted(networks, card));
    }

    private Path write(Path folder) throws IOException {
        Path card = folder.resolve(name + ".md");
        String text = "---\n%s---\n\n%s".formatted(YAML.writeValueAsString(frontMatter()), prose());
        AtomicFile.writeStream(card, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
        return card;
    }

    private ObjectNode frontMatter() throws IOException {
        String data = String.valueOf(recipe.data());
        ObjectNode root = YAML.createObjectNode();
        root.put("license", "other");
        root.put("pipeline_tag", task.name());
        root.putArray("tags")
                .add(architecture == null ? "fine-tuned" : architecture)
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
        if (architecture != null) {
            block.putObject("architecture").put("name", architecture).setAll(config);
        }
        ObjectNode artifacts = block.putObject("artifacts");
        for (Map.Entry<String, Path> network : result.networks().entrySet()) {
            artifact(artifacts.putObject(network.getKey()), network.getValue());
        }
        components(block);
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

    /** What feeds the networks and reads them. */
    private void components(ObjectNode block) {
        ObjectNode settings = YAML.valueToTree(task.settings());
        if (task.whole()) {
            ObjectNode kind = block.putObject("kind").put("name", task.decoder());
            kind.setAll(settings);
            List<String> alphabet = splits.test().info().alphabet();
            if (!alphabet.isEmpty()) {
                kind.put("characters", String.join("", alphabet.subList(1, alphabet.size())));
            }
            return;
        }
        image(block.putObject("preprocessor"));
        block.putObject("decoder").put("name", task.decoder()).setAll(settings);
    }

    private void image(ObjectNode preprocessor) {
        Tensor image = Column.in(splits.test().batch(0), "image");
        preprocessor
                .put("name", "image")
                .put("input", input())
                .put("width", image.shape().dim(3))
                .put("height", image.shape().dim(2))
                .put("channels", image.shape().dim(1) == 1 ? "gray" : "RGB")
                .put("antialias", false);
        result.statistics().ifPresent(statistics -> normalise(preprocessor, statistics));
    }

    private void recipe(ObjectNode block) {
        block.set("recipe", YAML.valueToTree(recipe));
        ObjectNode stated = (ObjectNode) block.get("recipe");
        List<String> unset = new java.util.ArrayList<>();
        stated.fieldNames().forEachRemaining(field -> {
            if (stated.get(field).isNull()) {
                unset.add(field);
            }
        });
        stated.remove(unset);
    }

    /** The network's input: the column of pictures that is not only the data's. */
    private String input() {
        return splits.test().info().columns().stream()
                .filter(column -> column.axes().size() == 4 && column.elementType() == ElementType.FLOAT32)
                .map(Column::name)
                .filter(column -> !column.equals("image"))
                .findFirst()
                .orElse("image");
    }

    private static void normalise(ObjectNode preprocessor, ChannelStatistics statistics) {
        ArrayNode mean = preprocessor.putArray("mean");
        statistics.mean().forEach(mean::add);
        ArrayNode std = preprocessor.putArray("std");
        statistics.std().forEach(std::add);
    }

    private String prose() {
        return "# %s\n\nTrained by `zoo train`. On the test part of `%s`: %s.\n"
                .formatted(name, recipe.data(), TrainingProgress.text(result.test()));
    }
}
