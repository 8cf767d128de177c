package org.menagerie.graph.transfer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.menagerie.graph.Graph;
import org.menagerie.graph.GraphException;
import org.menagerie.graph.Node;
import org.menagerie.graph.Parameter;
import org.menagerie.graph.Value;

/** Which parameters of a network an optimizer moves. */
@FunctionalInterface
public interface ParameterChoice {
    /** The names of the chosen parameters, in the network's order; buffers are never among them. */
    Set<String> of(Graph network);

    static ParameterChoice all() {
        return network -> trainable(network).keySet();
    }

    /**
     * Parameters whose name fits one of some patterns, in which {@code *} stands for any characters and {@code ?} for
     * one: {@code head.*}.
     *
     * @throws GraphException (when it is applied) if a pattern fits no parameter, naming those there are
     */
    static ParameterChoice matching(String... patterns) {
        return network -> {
            Set<String> names = trainable(network).keySet();
            Set<String> chosen = new LinkedHashSet<>();
            for (String pattern : patterns) {
                Pattern glob = Pattern.compile(Arrays.stream(pattern.split("(?<=[*?])|(?=[*?])"))
                        .map(part -> part.equals("*") ? ".*" : part.equals("?") ? "." : Pattern.quote(part))
                        .collect(Collectors.joining()));
                List<String> fitting = names.stream()
                        .filter(name -> glob.matcher(name).matches())
                        .toList();
                if (fitting.isEmpty()) {
                    throw new GraphException("No parameter of '%s' is named like '%s'; it has %s"
                            .formatted(network.name(), pattern, names));
                }
                chosen.addAll(fitting);
            }
            return chosen;
        };
    }

    /**
     * The last layers, with whatever comes after their first one. A layer is a node with a weight of two or more axes: a
     * convolution, a matrix product, an embedding, a recurrent layer.
     */
    static ParameterChoice lastLayers(int layers) {
        if (layers < 1) {
            throw new IllegalArgumentException("The number of layers that train must be 1 or more; found " + layers);
        }
        return network -> {
            Map<Value, Integer> firstUse = new HashMap<>();
            List<Integer> starts = new ArrayList<>();
            for (int i = 0; i < network.nodes().size(); i++) {
                Node node = network.nodes().get(i);
                boolean layer = false;
                for (Parameter parameter : trainable(network).values()) {
                    if (node.inputs().contains(parameter.value())) {
                        layer |= parameter.value().rank() > 1 && firstUse.putIfAbsent(parameter.value(), i) == null;
                        firstUse.putIfAbsent(parameter.value(), i);
                    }
                }
                if (layer) {
                    starts.add(i);
                }
            }
            int from = starts.isEmpty() ? 0 : starts.get(Math.max(0, starts.size() - layers));
            return trainable(network).values().stream()
                    .filter(parameter -> firstUse.getOrDefault(parameter.value(), -1) >= from)
                    .map(Parameter::name)
                    .collect(Collectors.toCollection(LinkedHashSet::new));
        };
    }

    private static Map<String, Parameter> trainable(Graph network) {
        return network.parameters().values().stream()
                .filter(Parameter::trainable)
                .collect(Collectors.toMap(
                        Parameter::name, parameter -> parameter, (a, b) -> a, java.util.LinkedHashMap::new));
    }
}
