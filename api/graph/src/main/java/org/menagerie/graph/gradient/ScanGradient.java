package org.menagerie.graph.gradient;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.menagerie.graph.Attributes;
import org.menagerie.graph.Dim;
import org.menagerie.graph.Graph;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Node;
import org.menagerie.graph.TensorType;
import org.menagerie.graph.Value;

/**
 * Back through the steps of a {@code Scan}: a first one runs the steps again and keeps the state before each, a second one
 * goes from the last step to the first with the gradients of the states, and with the sums of the gradients of what the
 * body uses from outside, as its state.
 */
final class ScanGradient {
    private final GraphBuilder g;
    private final Node n;
    private final List<@Nullable Value> dys;
    private final List<Value> wanted;
    private final GradientRules rules;
    private final Graph body;
    private final int scanned;
    private final int states;

    private ScanGradient(GraphBuilder g, Node n, List<@Nullable Value> dys, List<Value> wanted, GradientRules rules) {
        this.g = g;
        this.n = n;
        this.dys = dys;
        this.wanted = wanted;
        this.rules = rules;
        this.body = ControlRules.body(n, "body");
        this.scanned = (int) n.attributes().getInt("num_scan_inputs", 1);
        this.states = n.inputs().size() - scanned;
    }

    static Map<Value, Value> of(
            GraphBuilder g, Node n, List<@Nullable Value> dys, List<Value> wanted, GradientRules rules) {
        return wanted.isEmpty() ? Map.of() : new ScanGradient(g, n, dys, wanted, rules).backward();
    }

    /** The state before each step, stacked along a first axis. */
    private List<Value> statesBefore() {
        if (states == 0) {
            return List.of();
        }
        GraphBuilder b = g.body("scan_states");
        List<Value> operands = new ArrayList<>();
        for (int i = 0; i < n.inputs().size(); i++) {
            operands.add(b.input(b.name() + "_in_" + i, typeInBody(i)));
        }
        List<Value> results = ControlRules.copied(b, n, body, operands);
        for (int i = 0; i < states; i++) {
            b.output(b.name() + "_next_" + i, results.get(i));
        }
        for (int i = 0; i < states; i++) {
            b.output(b.name() + "_before_" + i, b.identity(operands.get(i)));
        }
        Attributes attributes = Attributes.of("body", b.build()).with("num_scan_inputs", scanned);
        for (String name : List.of("scan_input_axes", "scan_input_directions")) {
            if (n.attributes().has(name)) {
                attributes = attributes.with(name, n.attributes().getInts(name));
            }
        }
        return g.ops("Scan", attributes, 2 * states, n.inputs().toArray(Value[]::new))
                .subList(states, 2 * states);
    }

    /** The type that an input has inside: a state as it is, a sequence without the axis of the steps. */
    private TensorType typeInBody(int input) {
        TensorType type = n.in(input).type();
        return input < states ? type : without(type, each("scan_input_axes", input - states));
    }

    private static TensorType without(TensorType type, long axis) {
        List<Dim> dims = new ArrayList<>(type.dims());
        dims.remove((int) (axis < 0 ? axis + dims.size() : axis));
        return type.withDims(dims);
    }

    /** The element of an attribute for each sequence; 0 where it is left out. */
    private long each(String attribute, int index) {
        long[] all = n.attributes().getInts(attribute);
        return index < all.length ? all[index] : 0;
    }

    private Map<Value, Value> backward() {
        GraphBuilder b = g.body("scan_gradient");
        Carried carried = new Carried(b);
        Map<Integer, Value> ofStates = new LinkedHashMap<>();
        for (int i = 0; i < states; i++) {
            if (ControlRules.isNumber(n.in(i))) {
                Value dy = dys.get(i);
                ofStates.put(i, carried.add(dy == null ? g.fullLike(n.in(i), 0) : dy));
            }
        }
        List<Value> outside = wanted.stream().filter(n.captures()::contains).toList();
        List<Value> sums =
                outside.stream().map(value -> carried.add(g.fullLike(value, 0))).toList();

        // A body's inputs are its states, then the sequences.
        Sequences given = new Sequences(b);
        List<Value> operands = new ArrayList<>();
        List<Value> before = statesBefore();
        for (int i = 0; i < states; i++) {
            operands.add(given.add(before.get(i), typeInBody(i), 0, 1));
        }
        for (int i = 0; i < scanned; i++) {
            operands.add(given.add(
                    n.in(states + i),
                    typeInBody(states + i),
                    each("scan_input_axes", i),
                    1 - each("scan_input_directions", i)));
        }
        List<Value> results = ControlRules.copied(b, n, body, operands);
        List<Value> ys = new ArrayList<>();
        List<Value> ofYs = new ArrayList<>();
        ofStates.forEach((state, gradient) -> {
            ys.add(results.get(state));
            ofYs.add(gradient);
        });
        for (int i = states; i < results.size(); i++) {
            Value dy = dys.get(i);
            if (dy != null) {
                long axis = each("scan_output_axes", i - states);
                ys.add(results.get(i));
                ofYs.add(given.add(dy, without(dy.type(), axis), axis, 1 - each("scan_output_directions", i - states)));
            }
        }
        List<Integer> moving = List.copyOf(ofStates.keySet());
        List<Integer> sequences = new ArrayList<>();
        for (int i = states; i < n.inputs().size(); i++) {
            if (wanted.contains(n.in(i))) {
                sequences.add(i);
            }
        }

        List<Value> sources = new ArrayList<>();
        moving.forEach(i -> sources.add(operands.get(i)));
        sources.addAll(outside);
        sequences.forEach(i -> sources.add(operands.get(i)));
        List<Value> gradients = new ArrayList<>(Gradients.of(b, ys, ofYs, sources, rules));
        for (int i = 0; i < outside.size(); i++) {
            gradients.set(moving.size() + i, b.add(sums.get(i), gradients.get(moving.size() + i)));
        }
        for (int i = 0; i < gradients.size(); i++) {
            b.output(b.name() + "_out_" + i, gradients.get(i));
        }
        List<Value> found =
                g.ops("Scan", attributes(b, given, sequences), gradients.size(), joined(carried.first, given.all));

        Map<Value, Value> result = new HashMap<>();
        for (int i = 0; i < moving.size(); i++) {
            add(result, n.in(moving.get(i)), found.get(i));
        }
        for (int i = 0; i < outside.size(); i++) {
            add(result, outside.get(i), found.get(moving.size() + i));
        }
        for (int i = 0; i < sequences.size(); i++) {
            add(result, n.in(sequences.get(i)), found.get(moving.size() + outside.size() + i));
        }
        result.keySet().retainAll(wanted);
        return result;
    }

    private static Value[] joined(List<Value> states, List<Value> sequences) {
        List<Value> all = new ArrayList<>(states);
        all.addAll(sequences);
        return all.toArray(Value[]::new);
    }

    /** A value may be used in several places. */
    private void add(Map<Value, Value> result, Value value, Value gradient) {
        result.merge(value, gradient, g::add);
    }

    private Attributes attributes(GraphBuilder b, Sequences given, List<Integer> sequences) {
        long[] axes = sequences.stream()
                .mapToLong(i -> each("scan_input_axes", i - states))
                .toArray();
        long[] directions = sequences.stream()
                .mapToLong(i -> 1 - each("scan_input_directions", i - states))
                .toArray();
        Attributes attributes = Attributes.of("body", b.build())
                .with("num_scan_inputs", given.all.size())
                .with("scan_input_axes", longs(given.axes))
                .with("scan_input_directions", longs(given.directions));
        return axes.length == 0
                ? attributes
                : attributes.with("scan_output_axes", axes).with("scan_output_directions", directions);
    }

    private static long[] longs(List<Long> values) {
        return values.stream().mapToLong(Long::longValue).toArray();
    }

    /** What the steps back carry: the first values, and inside the body what stands for them. */
    private static final class Carried {
        private final GraphBuilder b;
        private final List<Value> first = new ArrayList<>();

        Carried(GraphBuilder b) {
            this.b = b;
        }

        Value add(Value value) {
            first.add(value);
            return b.input(b.name() + "_state_" + first.size(), value.type());
        }
    }

    /** What the steps back run over. */
    private static final class Sequences {
        private final GraphBuilder b;
        private final List<Value> all = new ArrayList<>();
        private final List<Long> axes = new ArrayList<>();
        private final List<Long> directions = new ArrayList<>();

        Sequences(GraphBuilder b) {
            this.b = b;
        }

        Value add(Value sequence, TensorType slice, long axis, long direction) {
            all.add(sequence);
            axes.add(axis);
            directions.add(direction);
            return b.input(b.name() + "_slice_" + all.size(), slice);
        }
    }
}
