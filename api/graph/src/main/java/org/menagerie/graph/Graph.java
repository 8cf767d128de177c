package org.menagerie.graph;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A finished ONNX graph. Immutable.
 *
 * @param name its name
 * @param inputs what a caller feeds, noise included
 * @param parameters what belongs to the network, by name
 * @param nodes in an order in which each comes after what it uses
 * @param outputs what a run gives, by name
 * @param updates for parameters that training rewrites, such as running statistics: the new value, by parameter name
 * @param noises those of the inputs that are filled with random numbers
 */
public record Graph(
        String name,
        List<Value> inputs,
        Map<String, Parameter> parameters,
        List<Node> nodes,
        Map<String, Value> outputs,
        Map<String, Value> updates,
        List<Noise> noises) {
    public Graph {
        inputs = List.copyOf(inputs);
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        nodes = List.copyOf(nodes);
        outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
        updates = Collections.unmodifiableMap(new LinkedHashMap<>(updates));
        noises = List.copyOf(noises);
    }

    /** The number of elements of all trainable parameters. */
    public long parameterCount() {
        return parameters.values().stream()
                .filter(Parameter::trainable)
                .mapToLong(Parameter::size)
                .sum();
    }

    /** The output with a name; an unknown name is an error that lists the outputs. */
    public Value output(String output) {
        Value value = outputs.get(output);
        if (value == null) {
            throw new GraphException(
                    "Graph '%s' has no output '%s'; it has %s".formatted(name, output, outputs.keySet()));
        }
        return value;
    }

    /** This graph with only what some outputs need, under the given names. */
    public Graph prunedTo(Map<String, Value> wanted) {
        Set<Value> live = ancestors(wanted.values());
        List<Node> kept = nodes.stream()
                .filter(node -> node.outputs().stream().anyMatch(live::contains))
                .toList();
        Map<String, Parameter> used = new LinkedHashMap<>(parameters);
        used.values().removeIf(parameter -> !live.contains(parameter.value()));
        return new Graph(
                name,
                inputs.stream().filter(live::contains).toList(),
                used,
                kept,
                wanted,
                Map.of(),
                noises.stream().filter(noise -> live.contains(noise.value())).toList());
    }

    /** Every value that some values depend on, themselves included, through the bodies of loops too. */
    static Set<Value> ancestors(Collection<Value> values) {
        Set<Value> live = new LinkedHashSet<>();
        Set<Node> seen = new HashSet<>();
        Deque<Value> open = new ArrayDeque<>(values);
        while (!open.isEmpty()) {
            Value value = open.pop();
            if (live.add(value)) {
                value.producer().filter(seen::add).ifPresent(node -> {
                    node.inputs().stream().filter(input -> input != null).forEach(open::push);
                    open.addAll(captures(node));
                });
            }
        }
        return live;
    }

    /** The values of an enclosing graph that a node's bodies use. */
    static Set<Value> captures(Node node) {
        Set<Value> captured = new LinkedHashSet<>();
        node.attributes().entries().forEach(attribute -> {
            if (attribute.getValue() instanceof Attribute.Body body) {
                captured.addAll(body.value().captures());
            }
        });
        return captured;
    }

    /** What this graph, as a body, uses without defining it. */
    Set<Value> captures() {
        Set<Value> defined = new HashSet<>(inputs);
        Set<Value> captured = new LinkedHashSet<>();
        for (Node node : nodes) {
            node.inputs().stream()
                    .filter(input -> input != null && !defined.contains(input))
                    .forEach(captured::add);
            captures(node).stream().filter(value -> !defined.contains(value)).forEach(captured::add);
            defined.addAll(node.outputs());
        }
        outputs.values().stream().filter(value -> !defined.contains(value)).forEach(captured::add);
        return captured;
    }
}
