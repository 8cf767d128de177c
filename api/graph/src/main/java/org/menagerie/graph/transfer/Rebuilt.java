package org.menagerie.graph.transfer;

import java.util.HashMap;
import java.util.Map;
import org.menagerie.graph.Dim;
import org.menagerie.graph.Graph;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.GraphException;
import org.menagerie.graph.Mode;
import org.menagerie.graph.TensorType;
import org.menagerie.graph.Value;

/**
 * A finished graph, built again for inputs of other types, so that nodes can be added: extents that a file leaves open become
 * numbers, or a batch of one becomes a batch of any size.
 *
 * @param builder holds the copy of every node
 * @param copies the copy of each of the graph's values
 */
public record Rebuilt(GraphBuilder builder, Map<Value, Value> copies) {
    /** The symbol of a batch of any size. */
    public static final Dim BATCH = GraphCopy.BATCH;

    /**
     * Builds a graph again for inference.
     *
     * @param inputs the type of each input; a value between may be among them, and becomes an input that replaces its nodes
     * @throws GraphException if an operator cannot take these types, or has a batch of one built in
     */
    public static Rebuilt of(Graph graph, Map<Value, TensorType> inputs) {
        return of(graph, inputs, Replacement.NONE);
    }

    /**
     * Builds a graph again for inference, with other nodes in place of some.
     *
     * @param inputs as above
     * @param replacement is asked about each node
     */
    public static Rebuilt of(Graph graph, Map<Value, TensorType> inputs, Replacement replacement) {
        GraphBuilder g = new GraphBuilder(graph.name(), Mode.INFERENCE);
        Map<Value, Value> given = new HashMap<>();
        for (Value input : graph.inputs()) {
            given.put(input, g.input(input.name(), inputs.getOrDefault(input, input.type())));
        }
        inputs.forEach((value, type) -> given.computeIfAbsent(value, between -> g.input(between.name(), type)));
        return new Rebuilt(g, GraphCopy.of(graph, g, BatchStatistics.FROZEN, given, replacement));
    }

    /** The copy of a value; a constant that no node uses has none. */
    public Value copy(Value value) {
        Value copy = copies.get(value);
        if (copy == null) {
            throw new GraphException("'%s' is not computed by graph '%s'".formatted(value.name(), builder.name()));
        }
        return copy;
    }
}
