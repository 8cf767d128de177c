package org.menagerie.graph.export;

import java.util.LinkedHashMap;
import java.util.Map;
import org.menagerie.graph.Architecture;
import org.menagerie.graph.Graph;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Mode;
import org.menagerie.graph.Value;

/** The networks of a model as they are exported: without loss, targets and scalar metrics. */
public final class ExportedNetworks {
    private ExportedNetworks() {}

    /** The networks of an architecture with a config, by artifact name. */
    public static <C extends Record> Map<String, Graph> of(Architecture<C> architecture, C config) {
        Map<String, Graph> networks = new LinkedHashMap<>();
        architecture.networks().forEach((network, build) -> {
            GraphBuilder g = new GraphBuilder(architecture.getClass().getSimpleName(), Mode.INFERENCE);
            build.accept(g, config);
            networks.put(network, of(g));
        });
        return networks;
    }

    /** One network. */
    public static Graph of(GraphBuilder g) {
        Graph whole = g.build();
        Map<String, Value> outputs = new LinkedHashMap<>();
        whole.outputs().forEach((output, value) -> {
            if (value.rank() > 0) {
                outputs.put(output, value);
            }
        });
        return whole.prunedTo(outputs);
    }

    /** Returns the metadata that an exported file carries about its architecture. */
    public static Map<String, String> provenance(String name, Record config) {
        return Map.of("menagerie.architecture", name, "menagerie.config", ProvenanceJson.of(config));
    }
}
