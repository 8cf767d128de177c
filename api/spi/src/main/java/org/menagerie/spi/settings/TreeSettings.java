package org.menagerie.spi.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.menagerie.spi.Settings;
import org.menagerie.spi.ZooException;

/** Settings from a tree of fields. Errors name the card and the line, or the option that the tree came from. */
public final class TreeSettings implements Settings {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SettingNode node;
    private final List<String> ignored;

    /**
     * @param node a block of fields
     * @param ignored fields that belong to somebody else, such as a component's {@code name}
     */
    public TreeSettings(SettingNode node, List<String> ignored) {
        this.node = node;
        this.ignored = ignored;
        node.fields();
    }

    /**
     * Settings from a tree that came from elsewhere than a card, such as a command line.
     *
     * @param origin what errors call it
     */
    public static Settings of(String origin, ObjectNode tree) {
        return new TreeSettings(new SettingNode(origin, tree, "", Map.of()), List.of());
    }

    /**
     * Settings from a map of numbers, booleans, texts, lists and maps.
     *
     * @param origin what errors call it
     */
    public static Settings of(String origin, Map<String, ?> fields) {
        return of(origin, (ObjectNode) JSON.valueToTree(fields));
    }

    /** The settings with more fields, which replace those of the same name. Errors name the same origin. */
    public static Settings with(Settings settings, Map<String, ?> fields) {
        if (fields.isEmpty()) {
            return settings;
        }
        ObjectNode tree = settings.tree().deepCopy();
        tree.setAll((ObjectNode) JSON.valueToTree(fields));
        return replaced(settings, tree);
    }

    /** The settings with some fields alone. Errors name the same origin and lines. */
    public static Settings only(Settings settings, Collection<String> fields) {
        return replaced(settings, ((ObjectNode) settings.tree().deepCopy()).retain(fields));
    }

    private static Settings replaced(Settings settings, ObjectNode tree) {
        SettingNode node = settings instanceof TreeSettings own
                ? new SettingNode(own.node.origin(), tree, own.node.path(), own.node.lines())
                : new SettingNode("Settings", tree, "", Map.of());
        return new TreeSettings(node, List.of());
    }

    @Override
    public <R extends Record> R as(Class<R> type) {
        return RecordBinder.bind(node, type, ignored);
    }

    @Override
    public <R extends Record> R over(R defaults) {
        return RecordBinder.bind(node, defaults, ignored);
    }

    @Override
    public Settings without(String field) {
        return replaced(this, ((ObjectNode) tree().deepCopy()).without(List.of(field)));
    }

    @Override
    public ZooException error(String problem) {
        return node.lines().isEmpty() ? Settings.super.error(problem) : node.error(problem);
    }

    @Override
    public JsonNode tree() {
        return ((ObjectNode) node.value().deepCopy()).remove(ignored);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TreeSettings settings && tree().equals(settings.tree());
    }

    @Override
    public int hashCode() {
        return tree().hashCode();
    }

    @Override
    public String toString() {
        return tree().toString();
    }
}
