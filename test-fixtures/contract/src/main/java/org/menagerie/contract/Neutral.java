package org.menagerie.contract;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.menagerie.graph.Graph;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Mode;
import org.menagerie.graph.Node;
import org.menagerie.graph.Noise;
import org.menagerie.graph.Value;
import org.menagerie.spi.Tensor;
import org.menagerie.training.Objective;

/**
 * The forward pass of a training graph without its chance: dropout keeps everything, and other noise is an ordinary input.
 *
 * @param graph the outputs of the training graph, its loss, and the statistics of each batch normalisation
 * @param statistics for each running statistic, the output that holds the batch's own, by the buffer's name
 * @param training the training graph, with its chance
 */
record Neutral(Graph graph, Map<String, String> statistics, Graph training) {
    static Neutral of(Objective objective) {
        GraphBuilder training = new GraphBuilder("training", Mode.TRAINING);
        Value loss = objective.build(training);
        Graph whole = training.build();
        Map<String, String> statistics = new LinkedHashMap<>();
        Map<String, Value> outputs = new LinkedHashMap<>(whole.outputs());
        outputs.put("loss", loss);
        for (Node node : whole.nodes()) {
            if (node.op().equals("BatchNormalization") && node.attributes().getFlag("training_mode")) {
                for (int moment = 1; moment <= 2; moment++) {
                    String name = "batch_%d_of_%s".formatted(moment, node.name());
                    Value running = node.in(moment + 2);
                    buffer(whole, running).ifPresent(buffer -> statistics.put(buffer, name));
                    outputs.put(name, node.out(moment));
                }
            }
        }
        Graph pruned = whole.prunedTo(outputs);
        GraphBuilder g = new GraphBuilder("neutral", Mode.INFERENCE);
        Map<Value, Value> given = new HashMap<>();
        Set<Value> noises = pruned.noises().stream().map(Noise::value).collect(Collectors.toSet());
        noises.forEach(noise -> given.put(noise, g.input(noise.name(), noise.type())));
        for (Node node : pruned.nodes()) {
            if (isDropoutMask(node, noises)) {
                given.put(node.out(), g.scalar(node.out().element(), 1));
            }
        }
        Map<String, Value> copies = g.inline(pruned, given);
        return new Neutral(g.build().prunedTo(copies), statistics, whole);
    }

    /** The buffer that a running statistic is read from, through the product with zero that training makes of it. */
    private static Optional<String> buffer(Graph graph, Value value) {
        if (graph.parameters().containsKey(value.name())) {
            return Optional.of(value.name());
        }
        return value.producer().filter(node -> node.op().equals("Mul")).flatMap(node -> buffer(graph, node.in(0)));
    }

    /** True of the 0 or 1/(1 − p) that {@link GraphBuilder#dropout} multiplies with, and of no other scale. */
    private static boolean isDropoutMask(Node node, Set<Value> noises) {
        if (!node.op().equals("Mul")) {
            return false;
        }
        Optional<Float> scale = number(node.in(1));
        Optional<Float> probability = node.in(0)
                .producer()
                .filter(cast -> cast.op().equals("Cast"))
                .flatMap(cast -> cast.in(0).producer())
                .filter(compare -> compare.op().equals("GreaterOrEqual") && noises.contains(compare.in(0)))
                .flatMap(compare -> number(compare.in(1)));
        return scale.isPresent()
                && probability.isPresent()
                && Math.abs(scale.get() * (1 - probability.get()) - 1) < 1e-5;
    }

    private static Optional<Float> number(Value value) {
        return value.constant()
                .filter(tensor -> tensor.size() == 1 && value.element().isFloating())
                .map(Tensor::toFloatArray)
                .map(numbers -> numbers[0]);
    }

    /** The outputs that a model has: everything but scalars and statistics. */
    List<String> answers() {
        return graph.outputs().entrySet().stream()
                .filter(output -> output.getValue().rank() > 0 && !statistics.containsValue(output.getKey()))
                .map(Map.Entry::getKey)
                .toList();
    }
}
