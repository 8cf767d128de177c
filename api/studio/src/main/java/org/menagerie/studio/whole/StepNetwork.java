package org.menagerie.studio.whole;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.menagerie.graph.Attributes;
import org.menagerie.graph.Dim;
import org.menagerie.graph.Graph;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.TensorType;
import org.menagerie.graph.Value;
import org.menagerie.graph.export.WholeGraph;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;

/**
 * The network {@code step} of a card of the kind {@code text-generation}, as a part of a larger graph.
 *
 * @param states those of its inputs that have an output {@code next_…}
 * @param rows the number of texts, i64[1]
 * @param fixed what the encoder, the prompt network and the inputs of the file give, by name
 */
record StepNetwork(WholeGraph whole, List<Value> states, Value rows, Map<String, Value> fixed) {
    private static final String STEP = "step";

    /** What a step gives: logits f32[N,V] and the states for the next one. */
    record Stepped(Value logits, List<Value> states) {}

    static StepNetwork of(WholeGraph whole, Value rows, Map<String, Value> fixed) {
        Graph step = whole.network(STEP);
        List<Value> states = step.inputs().stream()
                .filter(input -> step.outputs().containsKey("next_" + input.name()))
                .toList();
        return new StepNetwork(whole, states, rows, fixed);
    }

    /** The number of tokens that the network tells apart. */
    static int vocabulary(WholeGraph whole) {
        return (int) whole.network(STEP).output("logits").dim(1).value();
    }

    /** The states before the first step: what was given under their names, else zeros; caches are empty. */
    List<Value> start() {
        GraphBuilder g = whole.builder();
        List<Value> start = new ArrayList<>();
        for (Value state : states) {
            Value given = fixed.get(state.name());
            start.add(given == null ? zeros(g, state.type()) : given);
        }
        return start;
    }

    private Value zeros(GraphBuilder g, TensorType type) {
        long[] rest = type.dims().stream()
                .skip(1)
                .mapToLong(dim -> dim.isFixed() ? dim.value() : 0)
                .toArray();
        return g.op(
                "ConstantOfShape",
                Attributes.of("value", Tensor.allocate(type.element(), 1)),
                rest.length == 0 ? rows : g.concat(0, rows, g.longs(rest)));
    }

    /** Declares the states as inputs of a loop's body; the extents that grow have symbols of their own. */
    List<Value> inputs(GraphBuilder body) {
        List<Value> inputs = new ArrayList<>();
        for (Value state : states) {
            TensorType type = state.type().withDim(0, Dim.symbol("N"));
            for (int axis = 1; axis < type.rank(); axis++) {
                if (!type.dim(axis).isFixed()) {
                    type = type.withDim(axis, Dim.symbol("held_" + state.type().dim(axis)));
                }
            }
            inputs.add(body.input(body.free(state.name()), type));
        }
        return inputs;
    }

    /**
     * Adds the network to a loop's body.
     *
     * @param token the last of each text, i64[N]
     * @param position how many tokens each holds, i64[]
     */
    Stepped add(GraphBuilder body, Value token, Value position, List<Value> held) {
        Map<String, Value> given = new HashMap<>(fixed);
        given.put("token", token);
        given.put("position", body.expand(position, rows));
        given.put(
                "source",
                body.op(
                        "Range",
                        body.scalar(ElementType.INT64, 0),
                        body.squeeze(rows, 0),
                        body.scalar(ElementType.INT64, 1)));
        for (int i = 0; i < states.size(); i++) {
            given.put(states.get(i).name(), held.get(i));
        }
        Map<String, Value> outputs = whole.add(body, STEP, given);
        List<Value> next = new ArrayList<>();
        states.forEach(state -> next.add(named(outputs, "next_" + state.name())));
        return new Stepped(named(outputs, "logits"), next);
    }

    private static Value named(Map<String, Value> outputs, String name) {
        return Objects.requireNonNull(outputs.get(name), name);
    }
}
