package org.menagerie.graph.export;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.menagerie.graph.Graph;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.GraphException;
import org.menagerie.graph.Mode;
import org.menagerie.graph.Parameter;
import org.menagerie.graph.Value;
import org.menagerie.graph.layer.Initializers;
import org.menagerie.graph.onnx.OnnxModel;
import org.menagerie.graph.onnx.OnnxReader;
import org.menagerie.spi.ModelCard;
import org.menagerie.spi.Tensor;

/**
 * A graph that does the whole work of a card: its networks, with what surrounds them. Weights that several networks have under
 * one name with the same elements are kept once. Not thread-safe.
 */
public final class WholeGraph {
    private final ModelCard card;
    private final Function<String, Path> files;
    private final GraphBuilder builder;
    private final Map<String, OnnxModel> networks = new LinkedHashMap<>();
    private final Map<String, Value> parameters = new HashMap<>();
    private final Map<String, Tensor> weights = new LinkedHashMap<>();
    private final Map<String, String> metadata = new TreeMap<>();

    /** @param files the file of each of the card's artifacts */
    public WholeGraph(ModelCard card, Function<String, Path> files) {
        this.card = card;
        this.files = files;
        this.builder = new GraphBuilder(card.name(), Mode.INFERENCE);
    }

    public ModelCard card() {
        return card;
    }

    /** The builder of the graph itself. */
    public GraphBuilder builder() {
        return builder;
    }

    /** The file of an artifact. */
    public Path file(String artifact) {
        return files.apply(artifact);
    }

    /** The network of an artifact, as its file holds it. */
    public Graph network(String artifact) {
        return read(artifact).graph();
    }

    private OnnxModel read(String artifact) {
        return networks.computeIfAbsent(artifact, name -> {
            try {
                return OnnxReader.read(files.apply(name));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /**
     * Adds a network's nodes to the graph or to a body in it.
     *
     * @param at the builder to add to
     * @param given a value for each of the network's inputs, by name
     * @return its outputs, by name
     * @throws GraphException if an input is given no value
     */
    public Map<String, Value> add(GraphBuilder at, String artifact, Map<String, Value> given) {
        Graph network = network(artifact);
        Map<Value, Value> values = new HashMap<>();
        for (Value input : network.inputs()) {
            Value value = given.get(input.name());
            if (value == null) {
                throw new GraphException("The network '%s' of '%s' takes '%s', which nothing gives; there are %s"
                        .formatted(artifact, card.name(), input.name(), given.keySet()));
            }
            values.put(input, value);
        }
        for (Parameter parameter : network.parameters().values()) {
            values.put(parameter.value(), parameter(artifact, parameter));
        }
        return at.inline(network, values);
    }

    private Value parameter(String artifact, Parameter parameter) {
        Tensor tensor = read(artifact).weights().get(parameter.name());
        if (tensor == null) {
            throw new GraphException("The network '%s' of '%s' has no elements of '%s'"
                    .formatted(artifact, card.name(), parameter.name()));
        }
        Tensor same = weights.get(parameter.name());
        boolean shared = same == null
                || (same.elementType() == tensor.elementType()
                        && same.shape().equals(tensor.shape())
                        && same.bytes().equals(tensor.bytes()));
        String name = shared ? parameter.name() : artifact + "." + parameter.name();
        return parameters.computeIfAbsent(name, own -> {
            weights.put(own, tensor);
            return builder.parameter(own, parameter.value().type(), Initializers.zeros());
        });
    }

    /** Adds an entry to the file's {@code metadata_props}. */
    public void describe(String key, String value) {
        metadata.put(key, value);
    }

    /** Returns the graph so far, with the weights that it needs. */
    public OnnxModel build() {
        return new OnnxModel(builder.build(), weights, metadata);
    }
}
