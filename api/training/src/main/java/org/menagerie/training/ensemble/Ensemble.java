package org.menagerie.training.ensemble;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.menagerie.graph.Graph;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.GraphException;
import org.menagerie.graph.Mode;
import org.menagerie.graph.Value;
import org.menagerie.graph.onnx.OnnxWriter;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;

/**
 * Several trained networks as one, with the inputs and outputs that one of them has: whatever runs a member runs the
 * ensemble.
 *
 * @param graph of all members
 * @param weights of all members; member k's names begin with {@code member_k.}
 */
public record Ensemble(Graph graph, Map<String, Tensor> weights) {
    /** The output that is combined. */
    public static final String LOGITS = "logits";

    /**
     * An ensemble of networks of one architecture.
     *
     * @param member the network for inference, with an output {@code logits}
     * @param weights of each member
     * @throws GraphException if the network has no such output
     */
    public static Ensemble of(Graph member, List<Map<String, Tensor>> weights, Combination combination) {
        requireMembers(weights);
        GraphBuilder g = new GraphBuilder(member.name(), Mode.INFERENCE);
        Map<Value, Value> shared = new HashMap<>();
        member.inputs().forEach(input -> shared.put(input, g.input(input.name(), input.type())));
        Graph alone = member.prunedTo(Map.of(LOGITS, member.output(LOGITS)));
        List<Value> logits = new ArrayList<>();
        Map<String, Tensor> all = new LinkedHashMap<>();
        for (int k = 0; k < weights.size(); k++) {
            String scope = "member_" + k;
            g.scope(scope, inside -> logits.addAll(inside.inline(alone, shared).values()));
            weights.get(k).forEach((name, tensor) -> all.put(scope + "." + name, tensor));
        }
        g.output(LOGITS, combination.of(g, logits));
        return new Ensemble(g.build(), all);
    }

    /**
     * One network whose weights are the means of the members' (Izmailov 2018): as small and fast as a member, but only
     * good where the members lie in one basin, such as snapshots late in one run. Running statistics are averaged too.
     */
    public static Ensemble averaged(Graph member, List<Map<String, Tensor>> weights) {
        requireMembers(weights);
        Map<String, Tensor> means = new LinkedHashMap<>();
        for (Map.Entry<String, Tensor> first : weights.get(0).entrySet()) {
            Tensor mean = first.getValue().copy();
            if (mean.elementType() == ElementType.FLOAT32) {
                for (int i = 0; i < mean.size(); i++) {
                    double sum = 0;
                    for (Map<String, Tensor> each : weights) {
                        sum += of(each, first.getKey()).floats().get(i);
                    }
                    mean.floats().put(i, (float) (sum / weights.size()));
                }
            }
            means.put(first.getKey(), mean);
        }
        return new Ensemble(member, means);
    }

    /** Writes the ensemble as one model file. */
    public void write(Path file, Map<String, String> metadata) throws IOException {
        OnnxWriter.write(file, graph, weights, metadata);
    }

    private static void requireMembers(List<Map<String, Tensor>> weights) {
        if (weights.isEmpty()) {
            throw new IllegalArgumentException("An ensemble needs at least one member");
        }
    }

    private static Tensor of(Map<String, Tensor> weights, String name) {
        Tensor tensor = weights.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException(
                    "A member of the ensemble has no weight '%s'; it has %s".formatted(name, weights.keySet()));
        }
        return tensor;
    }
}
