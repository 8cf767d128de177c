package org.menagerie.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An application of an operator to values. Immutable; compared by identity. */
public final class Node {
    private final String name;
    private final String domain;
    private final String op;
    private final List<@Nullable Value> inputs;
    private final Attributes attributes;
    private final List<Value> outputs;

    Node(
            String name,
            String domain,
            String op,
            List<@Nullable Value> inputs,
            Attributes attributes,
            List<Value> outputs) {
        this.name = name;
        this.domain = domain;
        this.op = op;
        this.inputs = Collections.unmodifiableList(new ArrayList<>(inputs));
        this.attributes = attributes;
        this.outputs = List.copyOf(outputs);
        for (int i = 0; i < outputs.size(); i++) {
            outputs.get(i).producedBy(this, i);
        }
    }

    public String name() {
        return name;
    }

    /** Empty for the operators of ONNX itself. */
    public String domain() {
        return domain;
    }

    /** The operator's name, for example {@code Conv}. */
    public String op() {
        return op;
    }

    /** The inputs in order; null where an optional one is left out. */
    public List<@Nullable Value> inputs() {
        return inputs;
    }

    /** The values of the graph around it that its bodies use, beyond its inputs. */
    public Set<Value> captures() {
        return Graph.captures(this);
    }

    public Attributes attributes() {
        return attributes;
    }

    public List<Value> outputs() {
        return outputs;
    }

    /** True if the input is given. */
    public boolean has(int input) {
        return input < inputs.size() && inputs.get(input) != null;
    }

    /**
     * An input that is given.
     *
     * @throws GraphException if it is left out
     */
    public Value in(int input) {
        Value value = input < inputs.size() ? inputs.get(input) : null;
        if (value == null) {
            throw new GraphException("%s has no input %d".formatted(this, input));
        }
        return value;
    }

    public Value out(int output) {
        return outputs.get(output);
    }

    /** The first output. */
    public Value out() {
        return outputs.get(0);
    }

    /** The operator's name with its domain, for example {@code com.microsoft.Gelu}. */
    public String qualifiedOp() {
        return domain.isEmpty() ? op : domain + "." + op;
    }

    @Override
    public String toString() {
        return "%s '%s'(%s)"
                .formatted(
                        qualifiedOp(),
                        name,
                        inputs.stream().map(v -> v == null ? "-" : v.toString()).collect(Collectors.joining(", ")));
    }
}
