package org.menagerie.studio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.menagerie.hub.Trace;
import org.menagerie.hub.TypedModel;
import org.menagerie.hub.Zoo;
import org.menagerie.spi.Tensor;

/** Summarises a prediction for a card, so that {@link GoldenCheck} can tell whether it drifts. */
final class GoldenSample {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final MathContext DIGITS = new MathContext(6);
    /** Shortens a long list of numbers, such as the vector of a sentence. */
    private static final int MOST_NUMBERS = 16;

    private GoldenSample() {}

    static ObjectNode of(Zoo zoo, TypedModel<?, ?> typed, Object input, String name) {
        ObjectNode sample = JsonNodeFactory.instance.objectNode().put("input", name);
        Optional<Trace> trace = typed.trace(input);
        if (trace.isPresent()) {
            sample.set("prepared", summaries(trace.get().prepared()));
            sample.set("outputs", summaries(trace.get().outputs()));
        }
        Object answer = trace.isPresent()
                ? trace.get().answer()
                : typed.predictAny(List.of(input)).get(0);
        sample.set("answer", shortened(zoo.answers().view(input).json(answer)));
        return sample;
    }

    private static ObjectNode summaries(Map<String, Tensor> tensors) {
        ObjectNode summaries = JsonNodeFactory.instance.objectNode();
        new TreeMap<>(tensors)
                .forEach((name, tensor) -> summaries.set(name, shortened(JSON.valueToTree(Trace.summary(tensor)))));
        return summaries;
    }

    /** Numbers to six digits; of a list of numbers the first few. */
    private static JsonNode shortened(JsonNode node) {
        if (node.isFloatingPointNumber()) {
            return Double.isFinite(node.doubleValue())
                    ? JsonNodeFactory.instance.numberNode(
                            new BigDecimal(node.doubleValue()).round(DIGITS).doubleValue())
                    : node;
        }
        if (node.isArray()) {
            ArrayNode items = JsonNodeFactory.instance.arrayNode();
            for (JsonNode item : node) {
                if (!item.isNumber() || items.size() < MOST_NUMBERS) {
                    items.add(shortened(item));
                }
            }
            return items;
        }
        if (node.isObject()) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            node.properties().forEach(field -> object.set(field.getKey(), shortened(field.getValue())));
            return object;
        }
        return node;
    }
}
