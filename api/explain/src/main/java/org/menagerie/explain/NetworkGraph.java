package org.menagerie.explain;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.menagerie.graph.Graph;
import org.menagerie.graph.GraphException;
import org.menagerie.graph.Node;
import org.menagerie.graph.Value;
import org.menagerie.graph.onnx.OnnxModel;
import org.menagerie.graph.onnx.OnnxReader;
import org.menagerie.graph.onnx.OnnxWriter;
import org.menagerie.hub.Zoo;
import org.menagerie.runtime.OnnxSession;
import org.menagerie.runtime.SessionOptions;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.ModelCard;
import org.menagerie.spi.NetworkFormat;
import org.menagerie.spi.Tensor;
import org.menagerie.spi.ZooException;
import org.menagerie.spi.settings.Suggestions;

/**
 * A network as a graph that can be differentiated, with its weights.
 *
 * @param name what errors call it
 * @param graph its graph
 * @param weights a tensor for each parameter
 */
public record NetworkGraph(String name, Graph graph, Map<String, Tensor> weights) {
    /**
     * Reads an ONNX file.
     *
     * @throws ZooException if it is not one that can be read
     */
    public static NetworkGraph read(String name, Path file) {
        try {
            return of(name, OnnxReader.read(file));
        } catch (IOException e) {
            throw new ZooException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
        }
    }

    /** A network of a model with a card; fetched if it is not here. */
    public static NetworkGraph of(Zoo zoo, String model, String artifact) {
        ModelCard card = zoo.card(model);
        Path file = zoo.artifact(model, artifact);
        String stored = Objects.requireNonNull(card.artifacts().get(artifact)).file();
        NetworkFormat format = zoo.components(NetworkFormat.class).get(stored.substring(stored.lastIndexOf('.') + 1));
        return format == null ? read(model, file) : of(model, OnnxReader.read(format.onnx(card, artifact, file)));
    }

    private static NetworkGraph of(String name, OnnxModel model) {
        return new NetworkGraph(name, model.graph(), model.weights());
    }

    /** Every value by its name: inputs, and the outputs of nodes. */
    Map<String, Value> values() {
        Map<String, Value> values = new LinkedHashMap<>();
        graph.inputs().forEach(input -> values.put(input.name(), input));
        for (Node node : graph.nodes()) {
            node.outputs().forEach(output -> values.put(output.name(), output));
        }
        return values;
    }

    /** The value of a name, which may be that of an output. */
    public Value value(String wanted) {
        Value output = graph.outputs().get(wanted);
        Value value = output == null ? values().get(wanted) : output;
        if (value == null) {
            throw new ZooException("Network '%s' has no value '%s'%s; its outputs are %s"
                    .formatted(
                            name,
                            wanted,
                            Suggestions.didYouMean(wanted, values().keySet()),
                            graph.outputs().keySet()));
        }
        return value;
    }

    /** The largest of the tensors that are fed to a network; empty if none has elements of type float32. */
    public static Optional<Map.Entry<String, Tensor>> largest(Map<String, Tensor> fed) {
        return fed.entrySet().stream()
                .filter(entry -> entry.getValue().elementType() == ElementType.FLOAT32)
                .max(Comparator.comparingInt(entry -> entry.getValue().size()));
    }

    /** Some values of the network as a session. */
    OnnxSession session(Map<String, Value> outputs, SessionOptions options) {
        try {
            return OnnxSession.open(OnnxWriter.toBytes(graph.prunedTo(outputs), weights, Map.of()), options);
        } catch (GraphException e) {
            throw new ZooException("Network '%s': %s".formatted(name, e.getMessage()), e);
        }
    }
}
