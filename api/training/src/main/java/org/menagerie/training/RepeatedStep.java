package org.menagerie.training;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.menagerie.graph.Attributes;
import org.menagerie.graph.Dim;
import org.menagerie.graph.Graph;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Mode;
import org.menagerie.graph.Parameter;
import org.menagerie.graph.TensorType;
import org.menagerie.graph.Value;
import org.menagerie.spi.ElementType;

/**
 * A training step repeated inside one graph by ONNX's Loop: what a step changes is carried from one to the next without
 * leaving the runtime, the inputs of all steps come stacked along a new first axis, and so do the metrics.
 */
final class RepeatedStep {
    private final StepGraph training;
    private final int count;
    private final GraphBuilder g;
    private final GraphBuilder body;
    private final Map<Value, Value> given = new HashMap<>();
    private final List<@Nullable Value> operands = new ArrayList<>();

    private RepeatedStep(StepGraph training, int count) {
        this.training = training;
        this.count = count;
        this.g = new GraphBuilder(training.graph().name() + "_repeated", Mode.TRAINING);
        this.body = g.body("step");
    }

    /** The graph of so many steps; inputs and outputs have the names that one step's have. */
    static Graph of(StepGraph training, int count) {
        return new RepeatedStep(training, count).build();
    }

    private Graph build() {
        Value iteration = body.input("iteration", "i64[]");
        Value going = body.input("going", "bool[]");
        operands.add(g.scalar(ElementType.INT64, count));
        operands.add(g.scalar(ElementType.BOOL, 1));
        training.graph()
                .inputs()
                .forEach(input -> given.put(input, body.gather(g.input(input.name(), stacked(input)), iteration, 0)));
        training.graph().parameters().values().stream()
                .filter(parameter -> !training.next().containsKey(parameter.name()))
                .forEach(parameter -> given.put(parameter.value(), declare(parameter)));
        training.next().keySet().forEach(this::carry);
        Map<String, Value> results = body.inline(training.graph(), given);
        body.output("going.next", body.identity(going));
        List<String> names = new ArrayList<>(training.next().values());
        names.addAll(training.metrics());
        names.forEach(name -> body.output(name + ".inside", required(results, name)));
        List<Value> outputs = g.emit("", "Loop", Attributes.of("body", body.build()), names.size(), operands);
        for (int i = 0; i < names.size(); i++) {
            g.output(names.get(i), outputs.get(i));
        }
        return g.build();
    }

    private void carry(String name) {
        Parameter parameter = required(training.all(), name);
        operands.add(declare(parameter));
        given.put(
                parameter.value(),
                body.input(name + ".inside", parameter.value().type()));
    }

    private Value declare(Parameter parameter) {
        return g.buffer(parameter.name(), parameter.value().type(), parameter.initializer());
    }

    private static <T> T required(Map<String, T> map, String name) {
        T value = map.get(name);
        if (value == null) {
            throw new IllegalStateException(name);
        }
        return value;
    }

    private TensorType stacked(Value input) {
        List<Dim> dims = new ArrayList<>(input.type().dims());
        dims.add(0, Dim.of(count));
        return input.type().withDims(dims);
    }
}
