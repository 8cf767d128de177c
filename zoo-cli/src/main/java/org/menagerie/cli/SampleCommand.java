package org.menagerie.cli;

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
import java.util.concurrent.Callable;
import org.menagerie.hub.Trace;
import org.menagerie.hub.TypedModel;
import org.menagerie.hub.Zoo;
import org.menagerie.runtime.Device;
import org.menagerie.spi.Tensor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code zoo sample}: what a card keeps of a prediction, so that {@code zoo verify --golden} can tell whether it drifts. */
@Command(
        name = "sample",
        description = "Prints the 'samples' of a card: inputs with the tensors and answers that they give now.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  zoo sample lenet-fashion-mnist resource:META-INF/menagerie/samples/ankle-boot.png",
            "  zoo sample all-minilm-l6-v2 \"The weather is lovely today.\""
        })
final class SampleCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final MathContext DIGITS = new MathContext(6);
    /** What is kept of a long list of numbers, such as a sentence's vector. */
    private static final int MOST_NUMBERS = 16;

    @Mixin
    CommonOptions common = new CommonOptions();

    @Parameters(index = "0", paramLabel = "MODEL", description = "A model's name, or CATALOG/NAME.")
    String model = "";

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "INPUT",
            description = "resource:PATH on the class path, a file, a URL, or a text.")
    List<String> inputs = List.of();

    @Override
    public Integer call() throws Exception {
        try (Zoo zoo = Zoo.open(common.zooOptions().withDevice(Device.CPU))) {
            TypedModel<?, ?> typed = zoo.load(model);
            ArrayNode samples = JsonNodeFactory.instance.arrayNode();
            for (String input : inputs) {
                samples.add(sample(zoo, typed, SampleInput.read(zoo, typed.input(), input), input));
            }
            common.console().out().println("  samples:");
            for (JsonNode sample : samples) {
                String indent = "    - ";
                for (Map.Entry<String, JsonNode> field : sample.properties()) {
                    String value = JSON.writeValueAsString(field.getValue());
                    common.console().out().println(indent + field.getKey() + ": " + value);
                    indent = "      ";
                }
            }
        }
        return ExitCodes.OK;
    }

    private static ObjectNode sample(Zoo zoo, TypedModel<?, ?> typed, Object input, String name) {
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
