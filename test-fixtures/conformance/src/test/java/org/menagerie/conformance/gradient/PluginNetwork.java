package org.menagerie.conformance.gradient;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.inject.Guice;
import com.google.inject.Key;
import com.google.inject.TypeLiteral;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.menagerie.graph.Architecture;
import org.menagerie.graph.Graph;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Mode;
import org.menagerie.graph.Value;
import org.menagerie.spi.ModelPlugin;
import org.menagerie.spi.settings.TreeSettings;

/**
 * A plugin's network with its loss, for training.
 *
 * @param graph with the output {@code loss}
 */
record PluginNetwork(Graph graph) {
    /**
     * The network of an architecture.
     *
     * @param name that the architecture is bound under
     * @param config as JSON
     */
    @SuppressWarnings("rawtypes")
    static PluginNetwork of(ModelPlugin plugin, String name, String config) {
        Map<String, Architecture> architectures =
                Guice.createInjector(plugin).getInstance(Key.get(new TypeLiteral<Map<String, Architecture>>() {}));
        Architecture<?> architecture = Objects.requireNonNull(architectures.get(name));
        return of(architecture, config);
    }

    private static <C extends Record> PluginNetwork of(Architecture<C> architecture, String json) {
        GraphBuilder g = new GraphBuilder("network", Mode.TRAINING);
        C config;
        try {
            config = TreeSettings.of("config", (ObjectNode) new ObjectMapper().readTree(json))
                    .as(architecture.configType());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
        g.output("loss", architecture.objective(g, config));
        return new PluginNetwork(g.build());
    }

    /** Adds the network to a graph, its parameters under their own names. */
    Value loss(GraphBuilder g, Map<String, Value> inputs) {
        Map<Value, Value> given = new HashMap<>();
        graph.inputs().forEach(input -> given.put(input, Objects.requireNonNull(inputs.get(input.name()))));
        return Objects.requireNonNull(g.inline(graph, given).get("loss"));
    }
}
