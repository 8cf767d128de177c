package org.menagerie.spi.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.menagerie.spi.ModelCard.Component;

/**
 * Reads a component with its settings from a text: {@code adam}, or {@code adam:beta1=.95,epsilon=1e-7}. In a card, a block
 * {@code {name: adam, beta1: .95}} means the same.
 */
public final class ComponentText {
    private static final Pattern FORM = Pattern.compile("([\\w.-]+)(?::(.*))?", Pattern.DOTALL);
    private static final Pattern BEGINNING = Pattern.compile("[\\w.-]+(?::.*)?", Pattern.DOTALL);

    private ComponentText() {}

    /**
     * Reads one component.
     *
     * @param origin what errors call the text, for example {@code --optimizer}
     * @throws org.menagerie.spi.SettingException if the text does not have the form {@code NAME:KEY=VALUE,KEY=VALUE}
     */
    public static Component parse(String origin, String text) {
        return parse(new SettingNode(origin, JsonNodeFactory.instance.textNode(text), "", Map.of()), text);
    }

    /**
     * Reads components that commas separate. Commas also separate the settings of one component: {@code
     * flip,crop:padding=4,fill=1,cutout}.
     *
     * @param origin what errors call the text
     * @throws org.menagerie.spi.SettingException as {@link #parse(String, String)} does
     */
    public static List<Component> parseAll(String origin, String text) {
        return parseAll(new SettingNode(origin, JsonNodeFactory.instance.textNode(text), "", Map.of()), text);
    }

    private static List<Component> parseAll(SettingNode node, String text) {
        List<String> components = new ArrayList<>();
        for (String part : SettingValue.split(text)) {
            if (components.isEmpty() || BEGINNING.matcher(part.strip()).matches()) {
                components.add(part);
            } else {
                components.add(components.remove(components.size() - 1) + "," + part);
            }
        }
        return components.stream().map(component -> parse(node, component)).toList();
    }

    /**
     * Reads components that commas separate, or a list of components.
     *
     * @throws org.menagerie.spi.ZooException if it is neither
     */
    static List<Component> readAll(SettingNode node) {
        return node.value().isTextual()
                ? parseAll(node, node.text())
                : node.items().stream().map(ComponentText::read).toList();
    }

    /**
     * Reads a text, or a block of fields with a {@code name}.
     *
     * @throws org.menagerie.spi.ZooException if it is neither
     */
    public static Component read(SettingNode node) {
        return node.value().isTextual()
                ? parse(node, node.text())
                : new Component(node.required("name").text(), new TreeSettings(node, List.of("name")));
    }

    /**
     * Finds the kind that a component names.
     *
     * @param what errors call the kind, for example {@code optimizer}
     * @param kinds all kinds by name
     * @throws org.menagerie.spi.ZooException if there is none of this name; the message lists those that exist
     */
    public static <K> K kind(String what, Map<String, K> kinds, Component component) {
        K kind = kinds.get(component.name());
        if (kind == null) {
            throw component
                    .settings()
                    .error("Unknown %s '%s'%s; available are %s"
                            .formatted(
                                    what,
                                    component.name(),
                                    Suggestions.didYouMean(component.name(), kinds.keySet()),
                                    String.join(", ", new TreeSet<>(kinds.keySet()))));
        }
        return kind;
    }

    /** The component as a card states it: its name, or a block with {@code name} and settings if it has any. */
    public static JsonNode tree(Component component) {
        JsonNode settings = component.settings().tree();
        return settings.isEmpty()
                ? JsonNodeFactory.instance.textNode(component.name())
                : JsonNodeFactory.instance
                        .objectNode()
                        .put("name", component.name())
                        .setAll((ObjectNode) settings);
    }

    private static Component parse(SettingNode node, String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw malformed(node, text);
        }
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        if (form.group(2) != null) {
            for (String field : SettingValue.split(form.group(2))) {
                String[] pair = field.split("=", 2);
                if (pair.length < 2 || pair[0].isBlank() || pair[1].isBlank()) {
                    throw malformed(node, text);
                }
                if (fields.has(pair[0].strip())) {
                    throw node.error("'%s' gives '%s' twice".formatted(text, pair[0].strip()));
                }
                fields.set(pair[0].strip(), SettingValue.of(pair[1].strip()));
            }
        }
        return new Component(form.group(1), settings(node, form.group(1), fields));
    }

    /** A text in a card keeps the line of the card; its fields are paths below it. */
    private static TreeSettings settings(SettingNode node, String name, ObjectNode fields) {
        return node.lines().isEmpty()
                ? new TreeSettings(new SettingNode(node.origin() + " " + name, fields, "", Map.of()), List.of())
                : new TreeSettings(new SettingNode(node.origin(), fields, node.path(), node.lines()), List.of());
    }

    private static RuntimeException malformed(SettingNode node, String text) {
        return node.error("expected NAME or NAME:KEY=VALUE,KEY=VALUE, found '%s'".formatted(text));
    }
}
