package org.menagerie.contract;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.menagerie.graph.Graph;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Mode;
import org.menagerie.graph.Value;

/**
 * A loss whose detached values are inputs: what its gradients are the slope of.
 *
 * @param values the detached values of the loss's own graph, by the name of the input that holds each
 * @param graph the loss, named {@code loss}, with these inputs
 */
record Held(Map<String, Value> values, Graph graph) {
    static Held of(Graph loss) {
        GraphBuilder g = new GraphBuilder("held", Mode.INFERENCE);
        Map<String, Value> values = new LinkedHashMap<>();
        Map<Value, Value> given = new HashMap<>();
        List<Value> detached = loss.nodes().stream()
                .flatMap(node -> node.outputs().stream())
                .filter(Value::isDetached)
                .toList();
        for (Value value : detached) {
            String name = "held_" + values.size();
            values.put(name, value);
            given.put(value, g.input(name, value.type()));
        }
        loss.noises()
                .forEach(noise -> given.put(
                        noise.value(),
                        g.input(noise.value().name(), noise.value().type())));
        g.inline(loss, given).forEach(g::output);
        return new Held(values, g.build().prunedTo(Map.of("loss", g.output("loss"))));
    }
}
