package org.menagerie.studio;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.menagerie.hub.Trace;
import org.menagerie.hub.TypedModel;
import org.menagerie.hub.Zoo;
import org.menagerie.spi.ModelCard.Sample;
import org.menagerie.spi.ModelCard.TensorSummary;
import org.menagerie.spi.Tensor;

/** Runs the sample inputs of a card and names the stage at which a known tensor or answer is missed. */
final class GoldenCheck {
    private final Zoo zoo;
    private final SampleReader reader;
    private final TypedModel<?, ?> model;

    GoldenCheck(Zoo zoo, String name, SampleReader reader) {
        this.zoo = zoo;
        this.reader = reader;
        this.model = zoo.load(name);
    }

    /** A sentence for each sample that is missed. */
    List<String> misses() {
        List<String> misses = new ArrayList<>();
        for (Sample sample : model.model().card().samples()) {
            miss(sample).ifPresent(stage -> misses.add(sample.input() + ": " + stage));
        }
        return misses;
    }

    private Optional<String> miss(Sample sample) {
        Object input = reader.read(model.input(), sample.input());
        Optional<Trace> trace = model.trace(input);
        if (trace.isPresent()) {
            Optional<String> tensor = miss(
                            "preprocessing", sample.prepared(), trace.get().prepared(), 1e-4, 1e-3)
                    .or(() -> miss("the network", sample.outputs(), trace.get().outputs(), 1e-3, 1e-2));
            if (tensor.isPresent()) {
                return tensor;
            }
        }
        Object answer = trace.isPresent()
                ? trace.get().answer()
                : model.predictAny(List.of(input)).get(0);
        JsonNode actual = zoo.answers().view(input).json(answer);
        JsonNode expected = json(sample.answer());
        return alike(expected, actual)
                ? Optional.empty()
                : Optional.of("%s drifted: expected %s, found %s"
                        .formatted(trace.isPresent() ? "the decoder" : "the model", expected, actual));
    }

    private static Optional<String> miss(
            String stage,
            Map<String, TensorSummary> golden,
            Map<String, Tensor> tensors,
            double absolute,
            double relative) {
        for (Map.Entry<String, TensorSummary> entry : golden.entrySet()) {
            Tensor tensor = tensors.get(entry.getKey());
            if (tensor == null) {
                return Optional.of("%s drifted: there is no tensor '%s'".formatted(stage, entry.getKey()));
            }
            TensorSummary found = Trace.summary(tensor);
            if (!Trace.agree(entry.getValue(), found, absolute, relative)) {
                return Optional.of("%s drifted: tensor '%s', expected %s, found %s"
                        .formatted(stage, entry.getKey(), entry.getValue(), found));
            }
        }
        return Optional.empty();
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            return new ObjectMapper().getNodeFactory().textNode(text);
        }
    }

    /** Equal but for one per cent in numbers; what is expected may leave fields and further items out. */
    static boolean alike(JsonNode expected, JsonNode actual) {
        if (expected.isNumber() && actual.isNumber()) {
            double scale = Math.max(Math.abs(expected.doubleValue()), Math.abs(actual.doubleValue()));
            return Math.abs(expected.doubleValue() - actual.doubleValue()) <= 1e-3 + 1e-2 * scale;
        }
        if (expected.isArray() && actual.isArray() && expected.size() <= actual.size()) {
            Iterator<JsonNode> found = actual.iterator();
            for (JsonNode item : expected) {
                if (!alike(item, found.next())) {
                    return false;
                }
            }
            return true;
        }
        if (expected.isObject() && actual.isObject()) {
            return expected.properties().stream()
                    .allMatch(e -> actual.has(e.getKey()) && alike(e.getValue(), actual.get(e.getKey())));
        }
        return expected.equals(actual);
    }
}
