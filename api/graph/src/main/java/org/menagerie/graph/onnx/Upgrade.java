package org.menagerie.graph.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.GraphException;
import org.menagerie.graph.TensorType;
import org.menagerie.graph.Value;
import org.menagerie.graph.operator.Operators;

/**
 * Turns a node of any opset that we read into our opset's form. The forms are the rows of {@link OlderForms},
 * {@link RecurrentForms} and {@link NewerForms}; a node without a row is kept as it is.
 */
final class Upgrade {
    static final int OLDEST = 7;
    static final int NEWEST = 21;

    private static final List<Map<String, List<Form>>> TABLES =
            List.of(OlderForms.TABLE, RecurrentForms.TABLE, NewerForms.TABLE);

    private final GraphBuilder g;
    private final int opset;
    private final Map<String, TensorType> declared;

    Upgrade(GraphBuilder g, int opset, Map<String, TensorType> declared) {
        this.g = g;
        this.opset = opset;
        this.declared = declared;
    }

    /** Adds the node and gives its outputs, in the file's order. */
    List<Value> add(SourceNode node) {
        if (!node.domain().isEmpty()) {
            return keep(node);
        }
        return TABLES.stream()
                .flatMap(table -> table.getOrDefault(node.op(), List.of()).stream())
                .filter(form -> form.in(opset))
                .findFirst()
                .map(form -> form.rewrite().apply(this, node))
                .orElseGet(() -> keep(node));
    }

    /** Adds the node as it is. */
    List<Value> keep(SourceNode node) {
        return g.add(node.domain(), node.op(), node.name(), node.attributes(), node.inputs(), node.outputs(), declared);
    }

    /** Adds one of the nodes that a form becomes. */
    Value op(String op, @Nullable Value... inputs) {
        return g.op(op, inputs);
    }

    int opset() {
        return opset;
    }

    GraphBuilder g() {
        return g;
    }

    /** What our opset cannot express. */
    GraphException refuse(SourceNode node, String reason) {
        return new GraphException("%s '%s' of opset %d cannot become opset %d: %s"
                .formatted(node.op(), node.name(), opset, Operators.OPSET, reason));
    }

    /** The elements of an integer input, which must be known before the graph runs. */
    long[] numbers(SourceNode node, int input, String what) {
        return node.required(input)
                .contents()
                .filter(dims -> dims.stream().allMatch(dim -> dim.isFixed()))
                .map(dims -> dims.stream().mapToLong(dim -> dim.value()).toArray())
                .orElseThrow(() -> refuse(node, what + " must be constant"));
    }

    /** The number of axes of an input. */
    int rank(SourceNode node, int input) {
        Value value = node.required(input);
        if (!value.isTyped()) {
            throw refuse(node, "the number of axes of '%s' is not known".formatted(value.name()));
        }
        return value.rank();
    }

    static Map.Entry<String, List<Form>> row(String op, Form... forms) {
        return Map.entry(op, List.of(forms));
    }

    /** The same form of several operators. */
    static Stream<Map.Entry<String, List<Form>>> rows(Form form, String... ops) {
        return Arrays.stream(ops).map(op -> row(op, form));
    }

    /** Joins rows into a table; forms of one operator come together. */
    static Map<String, List<Form>> table(List<Stream<Map.Entry<String, List<Form>>>> rows) {
        return rows.stream()
                .flatMap(stream -> stream)
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey,
                        Map.Entry::getValue,
                        (a, b) -> Stream.concat(a.stream(), b.stream()).toList()));
    }
}
