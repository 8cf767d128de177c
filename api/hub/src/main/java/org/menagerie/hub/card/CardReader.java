package org.menagerie.hub.card;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.menagerie.spi.CardException;
import org.menagerie.spi.ModelCard;
import org.menagerie.spi.ModelCard.Artifact;
import org.menagerie.spi.ModelCard.Component;
import org.menagerie.spi.ModelCard.Sample;
import org.menagerie.spi.ModelCard.TensorSummary;
import org.menagerie.spi.settings.RecordBinder;
import org.menagerie.spi.settings.SettingNode;
import org.menagerie.spi.settings.TreeSettings;

/**
 * Reads a card: YAML front matter between two {@code ---} lines, then Markdown.
 *
 * <p>The front matter holds Hugging Face's fields and a block {@code menagerie}, whose fields are {@link #OWN_FIELDS}.
 */
public final class CardReader {
    /** Larger files are not cards: a thousand labels take thirty thousand bytes. */
    public static final int MAX_BYTES = 1 << 20;

    /** YAML takes a second and more for each million characters. */
    private static final int MAX_FRONT_MATTER = 1 << 19;

    private static final List<String> HUGGING_FACE_FIELDS = List.of(
            "base_model",
            "datasets",
            "language",
            "library_name",
            "license",
            "license_link",
            "license_name",
            "menagerie",
            "metrics",
            "model-index",
            "pipeline_tag",
            "tags",
            "thumbnail");

    private static final List<String> OWN_FIELDS =
            List.of("architecture", "artifacts", "preprocessor", "decoder", "kind", "labels", "recipe", "samples");

    /** The name of a model or catalog. */
    public static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}");

    private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,199}");
    static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern SOURCE = Pattern.compile("[a-z][a-z0-9+.-]*:\\S(?:[^\\p{Cntrl}]{0,1998}\\S)?");

    private CardReader() {}

    /**
     * Reads a card.
     *
     * @param name the model's name: the file's name without {@code .md}
     * @param text the whole file
     * @throws CardException naming card, line, problem and alternatives
     */
    public static ModelCard read(String name, String text) {
        String file = name + ".md";
        if (!NAME.matcher(name).matches()) {
            throw new CardException(
                    "Card '%s': a model's name must be lower-case letters, digits, '.', '_' and '-'".formatted(file));
        }
        if (text.length() > MAX_BYTES) {
            throw new CardException(
                    "Card %s holds %,d characters; a card has at most %,d".formatted(file, text.length(), MAX_BYTES));
        }
        FrontMatter front = FrontMatter.split(file, text);
        if (front.yaml().length() > MAX_FRONT_MATTER) {
            throw new CardException("Card %s has %,d characters of front matter; a card has at most %,d"
                    .formatted(file, front.yaml().length(), MAX_FRONT_MATTER));
        }
        SettingNode root = YamlTree.parse(file, front.yaml(), 2).allow(HUGGING_FACE_FIELDS);
        SettingNode own = root.required("menagerie").allow(OWN_FIELDS);
        Optional<Component> kind = own.optional("kind").map(CardReader::component);
        if (kind.isPresent() && own.optional("decoder").isPresent()) {
            throw own.error("'menagerie.kind' makes the whole model; leave out 'decoder'");
        }
        return new ModelCard(
                name,
                root.required("pipeline_tag").text(),
                root.required("license").text(),
                texts(root, "tags"),
                texts(root, "datasets"),
                ModelIndex.metrics(root),
                own.optional("architecture").map(CardReader::component),
                artifacts(own.required("artifacts")),
                kind.isPresent()
                        ? own.optional("preprocessor").map(CardReader::component)
                        : Optional.of(component(own.required("preprocessor"))),
                kind.isPresent() ? Optional.empty() : Optional.of(component(own.required("decoder"))),
                kind,
                own.optional("labels").map(CardReader::labels).orElse(List.of()),
                own.optional("recipe").map(n -> new TreeSettings(n, List.of())),
                own.optional("samples").map(CardReader::samples).orElse(List.of()),
                front.prose());
    }

    private static List<String> texts(SettingNode node, String field) {
        return node.optional(field).map(SettingNode::texts).orElse(List.of());
    }

    private static List<String> labels(SettingNode node) {
        return node.items().stream().map(SettingNode::label).toList();
    }

    private static Component component(SettingNode node) {
        return new Component(node.required("name").text(), new TreeSettings(node, List.of("name")));
    }

    private static Map<String, Artifact> artifacts(SettingNode node) {
        Map<String, Artifact> artifacts = new LinkedHashMap<>();
        node.fields().forEach((name, child) -> artifacts.put(name, artifact(name, child)));
        if (artifacts.isEmpty()) {
            throw node.error("'%s' must name at least one file".formatted(node.path()));
        }
        long files = artifacts.values().stream().map(Artifact::file).distinct().count();
        if (files < artifacts.size()) {
            throw node.error("two of '%s' have the same 'file'".formatted(node.path()));
        }
        return artifacts;
    }

    private static Artifact artifact(String name, SettingNode node) {
        node.allow("file", "size", "sha256", "sources");
        SettingNode file = node.required("file").matching(FILE_NAME, "a plain file name without folders");
        SettingNode size = node.required("size");
        if (size.integer() <= 0) {
            throw size.wrong("a positive number of bytes");
        }
        SettingNode sources = node.required("sources");
        for (SettingNode source : sources.items()) {
            source.matching(SOURCE, "a source such as 'https://…' or 'npm:name@version!/path'");
        }
        if (sources.items().isEmpty()) {
            throw sources.wrong("a list of at least one source");
        }
        SettingNode sha256 = node.required("sha256").matching(SHA256, "64 lower-case hexadecimal digits");
        return new Artifact(name, file.text(), size.integer(), sha256.text(), sources.texts());
    }

    private static List<Sample> samples(SettingNode node) {
        return node.items().stream()
                .map(sample -> {
                    sample.allow("input", "answer", "prepared", "outputs");
                    JsonNode answer = sample.required("answer").value();
                    return new Sample(
                            sample.required("input").text(),
                            answer.isTextual() ? answer.textValue() : answer.toString(),
                            sample.optional("prepared")
                                    .map(CardReader::summaries)
                                    .orElse(Map.of()),
                            sample.optional("outputs")
                                    .map(CardReader::summaries)
                                    .orElse(Map.of()));
                })
                .toList();
    }

    private static Map<String, TensorSummary> summaries(SettingNode node) {
        Map<String, TensorSummary> summaries = new LinkedHashMap<>();
        node.fields()
                .forEach(
                        (name, child) -> summaries.put(name, RecordBinder.bind(child, TensorSummary.class, List.of())));
        return summaries;
    }
}
