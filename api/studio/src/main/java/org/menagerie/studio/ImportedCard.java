package org.menagerie.studio;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.menagerie.graph.Task;
import org.menagerie.hub.card.CardReader;
import org.menagerie.weights.AtomicFile;
import org.menagerie.weights.Sha256;

/**
 * The card of imported weights, for architectures that know what published weights were trained for.
 *
 * @param architecture the name that it is bound under
 * @param config its config
 * @param preprocessor its name and settings
 */
record ImportedCard(
        String architecture, ObjectNode config, Task task, Map<String, Object> preprocessor, List<String> labels) {
    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .build());

    /**
     * Writes the card beside the network, with the same name.
     *
     * @param weights the name of the file that was imported
     * @param listener is told why no card was written
     */
    Optional<Path> write(Path network, String weights, StudioListener listener) throws IOException {
        String file = String.valueOf(network.getFileName());
        String name = file.substring(0, file.length() - ".onnx".length());
        if (!CardReader.NAME.matcher(name).matches()) {
            listener.remarked(
                    "wrote no card: '%s' cannot be a model's name, which has small letters, digits, '.', '_' and '-'"
                            .formatted(name));
            return Optional.empty();
        }
        Path card = network.resolveSibling(name + ".md");
        if (Files.exists(card)) {
            listener.remarked("kept %s as it was; remove it and import again to have it written".formatted(card));
            return Optional.empty();
        }
        String text = "---\n%s---\n\n%s".formatted(YAML.writeValueAsString(frontMatter(network)), prose(name, weights));
        AtomicFile.writeStream(card, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
        return Optional.of(card);
    }

    private ObjectNode frontMatter(Path network) throws IOException {
        ObjectNode root = YAML.createObjectNode();
        root.put("license", "other").put("pipeline_tag", task.name());
        root.putArray("tags").add(architecture).add("onnx");
        ObjectNode block = root.putObject("menagerie");
        block.putObject("architecture").put("name", architecture).setAll(config);
        String file = String.valueOf(network.getFileName());
        block.putObject("artifacts")
                .putObject("model")
                .put("file", file)
                .put("size", Files.size(network))
                .put("sha256", Sha256.of(network))
                .putArray("sources")
                .add("file:" + file);
        block.set("preprocessor", YAML.valueToTree(preprocessor));
        ObjectNode settings = YAML.valueToTree(task.settings());
        block.putObject("decoder").put("name", task.decoder()).setAll(settings);
        block.set("labels", YAML.valueToTree(labels));
        return root;
    }

    private static String prose(String name, String weights) {
        return """
                # %s

                Imported from `%s` by `zoo import`. The preprocessor and the labels are those of the architecture's published weights;
                weights that were trained on other pictures or classes need their own.
                """.formatted(name, weights);
    }
}
