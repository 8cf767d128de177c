package org.menagerie.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Copies a finished graph into a builder, bodies of loops included, under names of the builder's own. */
final class Inlining {
    private final GraphBuilder g;
    private final Map<Value, Value> copies;

    /** @param given what stands in for some of the graph's values */
    Inlining(GraphBuilder g, Map<Value, Value> given) {
        this.g = g;
        this.copies = new HashMap<>(given);
    }

    Map<Value, Value> copy(Graph graph) {
        for (Value input : graph.inputs()) {
            if (!copies.containsKey(input)) {
                Optional<Noise> noise = graph.noises().stream()
                        .filter(candidate -> candidate.value().equals(input))
                        .findFirst();
                copies.put(
                        input,
                        noise.isPresent()
                                ? g.noise(input.type(), noise.get().distribution())
                                : g.input(input.name(), input.type()));
            }
        }
        graph.parameters()
                .values()
                .forEach(parameter -> copies.computeIfAbsent(
                        parameter.value(),
                        value -> parameter.trainable()
                                ? g.parameter(parameter.name(), value.type(), parameter.initializer())
                                : g.buffer(parameter.name(), value.type(), parameter.initializer())));
        graph.nodes().forEach(this::copy);
        graph.outputs().values().forEach(this::copyOf);
        return copies;
    }

    private void copy(Node node) {
        if (copies.keySet().containsAll(node.outputs())) {
            return;
        }
        List<@Nullable Value> operands = new ArrayList<>();
        for (Value input : node.inputs()) {
            operands.add(input == null ? null : copyOf(input));
        }
        Attributes attributes = Attributes.NONE;
        for (Map.Entry<String, Attribute> entry : node.attributes().entries()) {
            attributes = attributes.with(entry.getKey(), copy(entry.getValue()));
        }
        String name = g.unique(node.op().toLowerCase(java.util.Locale.ROOT));
        List<String> names = new ArrayList<>();
        Map<String, TensorType> declared = new HashMap<>();
        for (int i = 0; i < node.outputs().size(); i++) {
            String output = i == 0 ? name : name + "_" + i;
            names.add(output);
            if (node.out(i).isTyped()) {
                declared.put(output, node.out(i).type());
            }
        }
        List<Value> results = g.add(node.domain(), node.op(), name, attributes, operands, names, declared);
        for (int i = 0; i < results.size(); i++) {
            if (node.out(i).isDetached()) {
                results.get(i).detach();
            }
            copies.putIfAbsent(node.out(i), results.get(i));
        }
    }

    private Attribute copy(Attribute attribute) {
        return attribute instanceof Attribute.Body body ? new Attribute.Body(body(body.value())) : attribute;
    }

    private Graph body(Graph body) {
        GraphBuilder inner = g.body(body.name());
        Map<Value, Value> all = new Inlining(inner, copies).copy(body);
        body.outputs().forEach((name, value) -> inner.output(name, all.getOrDefault(value, value)));
        return inner.build();
    }

    private Value copyOf(Value value) {
        return copies.computeIfAbsent(
                value,
                original -> g.constant(original.constant()
                        .orElseThrow(() -> new GraphException(
                                "'%s' is defined outside of the graph that is copied".formatted(original)))));
    }
}
