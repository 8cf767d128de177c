package org.menagerie.explain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.menagerie.graph.Node;
import org.menagerie.graph.Value;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.settings.Suggestions;

/** The layers of a network, by which users name values inside it. */
public final class Layers {
    /** Operators that keep the places of a map, one channel to an axis. */
    private static final Set<String> OF_MAPS = Set.of(
            "Conv",
            "ConvTranspose",
            "BatchNormalization",
            "InstanceNormalization",
            "Relu",
            "LeakyRelu",
            "PRelu",
            "Elu",
            "Selu",
            "Celu",
            "HardSwish",
            "Sigmoid",
            "Tanh",
            "Clip",
            "Add",
            "Sum",
            "Mul",
            "Concat",
            "MaxPool",
            "AveragePool",
            "Resize");

    /**
     * A layer: what one node computes.
     *
     * @param name the value's name in the graph
     * @param weights the name that its weights begin with, for example {@code layer3.2.conv2}; empty if it has none
     * @param operator for example {@code Conv}
     * @param type its element type and shape, for example {@code f32[N,64,7,7]}; {@code ?} if it is not known
     * @param value its value in the network's graph
     */
    public record Layer(String name, String weights, String operator, String type, Value value) {}

    private final String network;
    private final List<Layer> all;

    private Layers(String network, List<Layer> all) {
        this.network = network;
        this.all = List.copyOf(all);
    }

    public static Layers of(NetworkGraph network) {
        List<Layer> layers = new ArrayList<>();
        for (Node node : network.graph().nodes()) {
            Value value = node.out();
            layers.add(new Layer(
                    value.name(),
                    weights(node, network.weights().keySet()),
                    node.op(),
                    value.isTyped() ? value.type().toString() : "?",
                    value));
        }
        return new Layers(network.name(), layers);
    }

    private static String weights(Node node, Set<String> parameters) {
        return node.inputs().stream()
                .filter(input -> input != null && parameters.contains(input.name()))
                .map(input -> input.name().replaceFirst("\\.[^.]*$", ""))
                .findFirst()
                .orElse("");
    }

    /** All of them, in the order in which they are computed. */
    public List<Layer> all() {
        return all;
    }

    /**
     * The layer that a name or a pattern means. A layer is called by its value's name or by the name that its weights begin with;
     * {@code *} in a pattern stands for any letters. Of several layers that fit, the last counts.
     *
     * @throws InvalidInputException if no layer fits
     */
    public Layer find(String pattern) {
        Pattern wanted = Pattern.compile(
                Arrays.stream(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
        Layer found = null;
        Map<String, Layer> known = new LinkedHashMap<>();
        for (Layer layer : all) {
            known.put(layer.name(), layer);
            if (!layer.weights().isEmpty()) {
                known.put(layer.weights(), layer);
            }
            if (wanted.matcher(layer.name()).matches()
                    || (!layer.weights().isEmpty()
                            && wanted.matcher(layer.weights()).matches())) {
                found = layer;
            }
        }
        if (found == null) {
            throw new InvalidInputException("Network '%s' has no layer '%s'%s; 'zoo show %s --layers' lists them"
                    .formatted(
                            network, pattern, Suggestions.didYouMean(pattern, new TreeSet<>(known.keySet())), network));
        }
        return found;
    }

    /** The last map of the smallest size above one pixel: what the class scores of a classifier are pooled from. */
    public Optional<Layer> lastMap() {
        Layer best = null;
        long smallest = Long.MAX_VALUE;
        for (Layer layer : all) {
            Value value = layer.value();
            if (!OF_MAPS.contains(layer.operator()) || !value.isTyped() || value.rank() != 4) {
                continue;
            }
            if (!value.element().isFloating()
                    || !value.dim(2).isFixed()
                    || !value.dim(3).isFixed()) {
                continue;
            }
            long size = value.dim(2).value() * value.dim(3).value();
            if (size > 1 && size <= smallest) {
                smallest = size;
                best = layer;
            }
        }
        return Optional.ofNullable(best);
    }
}
