package org.menagerie.explain.imagine;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.menagerie.explain.Layers;
import org.menagerie.graph.Value;
import org.menagerie.spi.InvalidInputException;

/**
 * Layers with a weight each.
 *
 * @param byValue in the order in which the user named them
 */
record WeightedLayers(Map<Value, Double> byValue) {
    /** Reads {@code relu_1+relu_4@0.5}: names or patterns with an optional weight, separated by plus signs. */
    static WeightedLayers read(String setting, String text, Layers layers) {
        Map<Value, Double> byValue = new LinkedHashMap<>();
        for (String part : text.split("\\+")) {
            int at = part.lastIndexOf('@');
            double weight = 1;
            if (at >= 0) {
                try {
                    weight = Double.parseDouble(part.substring(at + 1));
                } catch (NumberFormatException e) {
                    throw new InvalidInputException("%s: the weight after @ must be a number, found '%s' in '%s'"
                            .formatted(setting, part.substring(at + 1), part));
                }
            }
            byValue.put(
                    layers.find((at >= 0 ? part.substring(0, at) : part).strip())
                            .value(),
                    weight);
        }
        return new WeightedLayers(byValue);
    }

    String words() {
        return byValue.entrySet().stream()
                .map(each -> each.getKey().name() + (each.getValue() == 1 ? "" : "@" + each.getValue()))
                .collect(Collectors.joining(", "));
    }

    Map<String, Value> named() {
        Map<String, Value> named = new LinkedHashMap<>();
        byValue.keySet().forEach(value -> named.put(value.name(), value));
        return named;
    }
}
