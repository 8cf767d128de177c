package org.menagerie.graph;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.menagerie.graph.operator.Call;
import org.menagerie.graph.operator.KnownContents;
import org.menagerie.graph.operator.Operator;
import org.menagerie.graph.operator.Operators;

/** The nodes of a graph that is being built. Each that is added gets outputs whose types are inferred. */
final class TypedNodes {
    private final Names names;
    private final List<Node> nodes = new ArrayList<>();

    TypedNodes(Names names) {
        this.names = names;
    }

    List<Node> all() {
        return Collections.unmodifiableList(nodes);
    }

    void addAll(Collection<Node> finished) {
        nodes.addAll(finished);
    }

    /** Adds a node under a new name. What its inputs and attributes leave open is an error. */
    List<Value> emit(String domain, String op, Attributes attributes, int outputCount, List<@Nullable Value> operands) {
        String nodeName = names.unique(op.toLowerCase(Locale.ROOT));
        List<String> outputNames = new ArrayList<>();
        for (int i = 0; i < outputCount; i++) {
            outputNames.add(i == 0 ? nodeName : nodeName + "_" + i);
        }
        Call call = call(op, nodeName, attributes, operands, outputCount, true);
        Optional<Operator> typed = typed(domain, op, operands);
        List<TensorType> types = typed.map(operator -> operator.infer(call)).orElse(List.of());
        return append(domain, call, op, nodeName, outputNames, types, Map.of());
    }

    /** Adds a node as a file names it. What inference cannot tell is taken from the declared types or left open. */
    List<Value> read(
            String domain,
            String op,
            String nodeName,
            Attributes attributes,
            List<@Nullable Value> operands,
            List<String> outputNames,
            Map<String, TensorType> declared) {
        names.take(nodeName);
        names.take(outputNames);
        Call call = call(op, nodeName, attributes, operands, outputNames.size(), false);
        Optional<Operator> typed = typed(domain, op, operands);
        List<TensorType> types;
        try {
            types = typed.map(operator -> operator.infer(call)).orElse(List.of());
        } catch (UndeterminedTypeException e) {
            types = List.of();
        }
        return append(domain, call, op, nodeName, outputNames, types, declared);
    }

    /** Finds the operator if the types of its operands are known. */
    private static Optional<Operator> typed(String domain, String op, List<@Nullable Value> operands) {
        return operands.stream().allMatch(operand -> operand == null || operand.isTyped())
                ? Operators.find(domain, op)
                : Optional.empty();
    }

    private Call call(
            String op,
            String nodeName,
            Attributes attributes,
            List<@Nullable Value> operands,
            int outputCount,
            boolean strict) {
        return new Call("%s '%s'".formatted(op, nodeName), operands, attributes, outputCount, this::unknownDim, strict);
    }

    /** Makes a new extent that only a run can tell. */
    private Dim unknownDim() {
        return Dim.symbol("?" + names.number());
    }

    private List<Value> append(
            String domain,
            Call call,
            String op,
            String nodeName,
            List<String> outputNames,
            List<TensorType> inferred,
            Map<String, TensorType> declared) {
        List<Value> results = new ArrayList<>();
        for (int i = 0; i < outputNames.size(); i++) {
            String outputName = outputNames.get(i);
            TensorType stated = declared.get(outputName);
            TensorType type = i < inferred.size() ? inferred.get(i).refinedBy(stated) : stated;
            results.add(new Value(outputName.isEmpty() ? names.unique(nodeName) : outputName, type));
        }
        nodes.add(new Node(nodeName, domain, op, call.inputs(), call.attributes(), results));
        if (domain.isEmpty() && !inferred.isEmpty() && !results.isEmpty()) {
            results.get(0).contents(KnownContents.infer(op, call, inferred.get(0)));
        }
        return results;
    }
}
