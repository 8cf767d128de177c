package org.menagerie.graph.transfer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.menagerie.graph.Attribute;
import org.menagerie.graph.Attributes;
import org.menagerie.graph.Dim;
import org.menagerie.graph.Graph;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.GraphException;
import org.menagerie.graph.Node;
import org.menagerie.graph.Parameter;
import org.menagerie.graph.TensorType;
import org.menagerie.graph.Value;

/** Builds a finished graph again in another builder, with a batch of any size and types inferred anew. */
final class GraphCopy {
    /** The symbol of the batch's size. */
    static final Dim BATCH = Dim.symbol("N");

    private final GraphBuilder g;
    private final BatchStatistics statistics;
    private final Map<Value, Value> copies;
    private final Replacement replacement;

    private GraphCopy(GraphBuilder g, BatchStatistics statistics, Map<Value, Value> copies, Replacement replacement) {
        this.g = g;
        this.statistics = statistics;
        this.copies = copies;
        this.replacement = replacement;
    }

    /** Copies inputs, parameters and nodes, and gives the copy of every value. */
    static Map<Value, Value> of(Graph graph, GraphBuilder g, BatchStatistics statistics) {
        Map<Value, Value> inputs = new HashMap<>();
        for (Value input : graph.inputs()) {
            inputs.put(input, g.input(input.name(), batched(input)));
        }
        return of(graph, g, statistics, inputs, Replacement.NONE);
    }

    /**
     * Copies parameters and nodes, and gives the copy of every value.
     *
     * @param given what stands in for the inputs, and for values between, whose nodes are left out
     * @param replacement what stands in for other nodes
     */
    static Map<Value, Value> of(
            Graph graph, GraphBuilder g, BatchStatistics statistics, Map<Value, Value> given, Replacement replacement) {
        GraphCopy copy = new GraphCopy(g, statistics, new HashMap<>(given), replacement);
        for (Parameter parameter : graph.parameters().values()) {
            TensorType type = parameter.value().type();
            copy.copies.put(
                    parameter.value(),
                    parameter.trainable()
                            ? g.parameter(parameter.name(), type, parameter.initializer())
                            : g.buffer(parameter.name(), type, parameter.initializer()));
        }
        graph.nodes().forEach(copy::add);
        return copy.copies;
    }

    /** The first axis of an input is the batch: an exporter's 1 or symbol becomes ours. */
    private static TensorType batched(Value input) {
        TensorType type = input.type();
        boolean batch =
                type.rank() > 0 && (!type.dim(0).isFixed() || type.dim(0).is(1));
        return batch ? type.withDim(0, BATCH) : type;
    }

    private @Nullable Value copyOf(@Nullable Value value) {
        if (value == null) {
            return null;
        }
        return copies.computeIfAbsent(
                value,
                v -> g.constant(
                        v.name(),
                        v.constant()
                                .orElseThrow(
                                        () -> new IllegalStateException("'" + v.name() + "' comes from no node"))));
    }

    private void add(Node node) {
        if (copies.keySet().containsAll(node.outputs())) {
            return;
        }
        List<@Nullable Value> inputs = new ArrayList<>();
        node.inputs().forEach(input -> inputs.add(copyOf(input)));
        Optional<Value> other = replacement.of(g, node, inputs);
        if (other.isPresent()) {
            copies.putIfAbsent(node.out(0), other.get());
            return;
        }
        if (node.qualifiedOp().equals("Reshape")) {
            inputs.set(1, freeOfBatch(node, inputs));
        }
        requireSameBatch(node, inputs);
        boolean trained = node.qualifiedOp().equals("BatchNormalization")
                && g.isTraining()
                && statistics == BatchStatistics.TRAINED
                && node.inputs().subList(3, 5).stream().allMatch(this::isBuffer);
        List<Value> outputs = trained
                ? List.of(batchNormalization(node, inputs))
                : g.add(
                        node.domain(),
                        node.op(),
                        node.name(),
                        attributes(node.attributes()),
                        inputs,
                        node.outputs().stream().map(Value::name).toList(),
                        stated(node));
        for (int i = 0; i < outputs.size(); i++) {
            copies.putIfAbsent(node.out(i), outputs.get(i));
        }
    }

    private boolean isBuffer(@Nullable Value value) {
        return value != null && g.parameters().containsKey(value.name());
    }

    private Value batchNormalization(Node node, List<@Nullable Value> inputs) {
        double epsilon = node.attributes().getFloat("epsilon", 1e-5f);
        Value[] given = inputs.toArray(Value[]::new);
        return g.batchNorm(given[0], given[1], given[2], given[3], given[4], epsilon);
    }

    /** What the file said about outputs that inference cannot tell. */
    private static Map<String, TensorType> stated(Node node) {
        Map<String, TensorType> stated = new HashMap<>();
        for (Value output : node.outputs()) {
            if (output.isTyped()) {
                stated.put(output.name(), output.type());
            }
        }
        return stated;
    }

    /** A target shape whose first extent was the batch of 1 copies the input's first extent instead. */
    private @Nullable Value freeOfBatch(Node node, List<@Nullable Value> inputs) {
        Value before = node.in(0);
        Value data = inputs.get(0);
        Value shape = inputs.get(1);
        if (data == null
                || shape == null
                || !data.isTyped()
                || data.rank() == 0
                || data.type().isFixed()) {
            return shape;
        }
        long[] target = node.in(1)
                .contents()
                .filter(dims -> dims.stream().allMatch(Dim::isFixed))
                .map(dims -> dims.stream().mapToLong(Dim::value).toArray())
                .orElse(null);
        if (target == null
                || target.length == 0
                || target[0] != 1
                || !before.dim(0).is(1)) {
            return shape;
        }
        if (!data.dim(0).equals(BATCH)) {
            throw fixed(node, Dim.of(1));
        }
        target[0] = 0;
        return g.longs(target);
    }

    /** Joining a batch with a constant made for a batch of 1 would fail at the first batch of two. */
    private static void requireSameBatch(Node node, List<@Nullable Value> inputs) {
        if (!node.qualifiedOp().equals("Concat") || node.attributes().getInt("axis", 0) == 0) {
            return;
        }
        boolean batched = false;
        boolean single = false;
        for (Value input : inputs) {
            if (input != null && input.isTyped() && input.rank() > 0) {
                batched |= input.dim(0).equals(BATCH);
                single |= input.dim(0).is(1);
            }
        }
        if (batched && single) {
            throw fixed(node, Dim.of(1));
        }
    }

    static GraphException fixed(Node node, Dim batch) {
        return new GraphException(
                "%s '%s' has a batch of %s built in; export the model with a batch of any size, or cut before it"
                        .formatted(node.op(), node.name(), batch));
    }

    private Attributes attributes(Attributes attributes) {
        Map<String, Attribute> copied = new java.util.LinkedHashMap<>();
        attributes
                .entries()
                .forEach(entry -> copied.put(
                        entry.getKey(),
                        entry.getValue() instanceof Attribute.Body body
                                ? new Attribute.Body(body(body.value()))
                                : entry.getValue()));
        return Attributes.copyOf(copied);
    }

    private Graph body(Graph body) {
        GraphBuilder inner = g.body(body.name());
        GraphCopy copy = new GraphCopy(inner, BatchStatistics.FROZEN, new HashMap<>(copies), replacement);
        for (Value input : body.inputs()) {
            copy.copies.put(
                    input,
                    input.isTyped() ? inner.input(input.name(), input.type()) : inner.untypedInput(input.name()));
        }
        body.nodes().forEach(copy::add);
        body.outputs().forEach((name, value) -> {
            Value output = copy.copyOf(value);
            if (output != null) {
                inner.output(name, output);
            }
        });
        return inner.build();
    }
}
