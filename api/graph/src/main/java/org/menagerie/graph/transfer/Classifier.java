package org.menagerie.graph.transfer;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.menagerie.graph.Graph;
import org.menagerie.graph.GraphException;
import org.menagerie.graph.Node;
import org.menagerie.graph.Value;

/** Finds where a network's features end and its classifier begins. */
final class Classifier {
    /** What may stand between the classifier's product and the output. */
    private static final Set<String> AFTER = Set.of(
            "Softmax",
            "LogSoftmax",
            "Sigmoid",
            "Identity",
            "Reshape",
            "Flatten",
            "Squeeze",
            "Cast",
            "Add",
            "Mul",
            "Sub");

    private static final Set<String> PRODUCTS = Set.of("Gemm", "MatMul", "Conv");

    private Classifier() {}

    /** What the last linear layer before an output works on; the output itself where there is no such layer. */
    static Value features(Graph graph, Value output) {
        Value value = output;
        while (true) {
            Optional<Node> producer = value.producer();
            if (producer.isEmpty()) {
                return output;
            }
            Node node = producer.get();
            boolean product = PRODUCTS.contains(node.qualifiedOp());
            if (!product && !AFTER.contains(node.qualifiedOp())) {
                return output;
            }
            long data = node.inputs().stream()
                    .filter(input -> input != null && !isWeight(graph, input))
                    .count();
            boolean shape = node.op().equals("Reshape") || node.op().equals("Squeeze");
            if (isWeight(graph, node.in(0)) || (data != 1 && !shape)) {
                return output;
            }
            value = node.in(0);
            if (product) {
                return value;
            }
        }
    }

    private static boolean isWeight(Graph graph, Value value) {
        return value.constant().isPresent() || graph.parameters().containsKey(value.name());
    }

    /** The value with a name; an unknown name is an error that lists the last ones there are. */
    static Value named(Graph graph, String name) {
        return Stream.concat(
                        Stream.concat(
                                graph.outputs().entrySet().stream()
                                        .filter(output -> output.getKey().equals(name))
                                        .map(java.util.Map.Entry::getValue),
                                graph.inputs().stream()),
                        graph.nodes().stream().flatMap(node -> node.outputs().stream()))
                .filter(value -> value.name().equals(name)
                        || value.equals(graph.outputs().get(name)))
                .findFirst()
                .orElseThrow(() -> new GraphException("'%s' has no value named '%s'; its last ones are %s"
                        .formatted(graph.name(), name, lastNames(graph))));
    }

    private static java.util.List<String> lastNames(Graph graph) {
        int nodes = graph.nodes().size();
        return graph.nodes().subList(Math.max(0, nodes - 10), nodes).stream()
                .map(node -> node.out().name())
                .toList();
    }
}
