package org.menagerie.graph.plugin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.menagerie.graph.Architecture;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.GraphException;
import org.menagerie.graph.Task;
import org.menagerie.spi.settings.TreeSettings;

/**
 * A config of one of the architectures that plugins bring, as far as its fields are stated.
 *
 * @param architecture the name that it is bound under
 * @param built builds the graph
 * @param fields of the config; those of a variant, or none
 */
public record NamedConfig(String architecture, Architecture<?> built, ObjectNode fields) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The variant or architecture of a name, if there is one. */
    @SuppressWarnings("rawtypes") // as plugins bind them
    public static Optional<NamedConfig> search(Map<String, Architecture> architectures, String name) {
        for (Map.Entry<String, Architecture> entry : architectures.entrySet()) {
            Architecture<?> architecture = entry.getValue();
            Record variant = architecture.variants().get(name);
            if (variant != null || entry.getKey().equals(name)) {
                ObjectNode fields = variant == null ? JSON.createObjectNode() : JSON.valueToTree(variant);
                return Optional.of(new NamedConfig(entry.getKey(), architecture, fields));
            }
        }
        return Optional.empty();
    }

    /** The variant or architecture of a name; of an unknown name, the error lists all. */
    @SuppressWarnings("rawtypes")
    public static NamedConfig find(Map<String, Architecture> architectures, String name) {
        return search(architectures, name)
                .orElseThrow(() -> new GraphException("Nothing is called '%s'; architectures are %s"
                        .formatted(name, String.join(", ", names(architectures)))));
    }

    /** The names of all architectures and variants. */
    @SuppressWarnings("rawtypes")
    public static SortedSet<String> names(Map<String, Architecture> architectures) {
        SortedSet<String> names = new TreeSet<>(architectures.keySet());
        for (Architecture<?> architecture : architectures.values()) {
            names.addAll(architecture.variants().keySet());
        }
        return names;
    }

    /** The same with other values of those fields that the config has; the others are left out. */
    public NamedConfig fitted(Map<String, ?> values) {
        ObjectNode fitted = fields.deepCopy();
        values.forEach((key, value) -> {
            if (takes(key)) {
                fitted.set(key, JSON.<JsonNode>valueToTree(value));
            }
        });
        return new NamedConfig(architecture, built, fitted);
    }

    private boolean takes(String key) {
        return Arrays.stream(built.configType().getRecordComponents())
                .anyMatch(component -> component.getName().equals(key));
    }

    /**
     * Adds the network to a builder.
     *
     * @throws org.menagerie.spi.ZooException if a field of the config is missing
     */
    public void build(GraphBuilder g) {
        build(g, built);
    }

    private <C extends Record> void build(GraphBuilder g, Architecture<C> typed) {
        typed.build(g, config(typed));
    }

    /** What the network is for. */
    public Task task() {
        return task(built);
    }

    private <C extends Record> Task task(Architecture<C> typed) {
        return typed.task(config(typed));
    }

    private <C extends Record> C config(Architecture<C> typed) {
        return TreeSettings.of("config of " + architecture, fields).as(typed.configType());
    }
}
