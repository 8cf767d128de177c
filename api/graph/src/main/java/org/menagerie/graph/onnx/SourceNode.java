package org.menagerie.graph.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.menagerie.graph.Attributes;
import org.menagerie.graph.GraphException;
import org.menagerie.graph.Value;

/**
 * A node as its file has it.
 *
 * @param inputs null where an optional input is left out
 * @param outputs names; empty where an optional output is left out
 */
record SourceNode(
        String domain,
        String op,
        String name,
        Attributes attributes,
        List<@Nullable Value> inputs,
        List<String> outputs) {
    boolean is(String otherOp) {
        return domain.isEmpty() && op.equals(otherOp);
    }

    @Nullable
    Value in(int input) {
        return input < inputs.size() ? inputs.get(input) : null;
    }

    /** An input that must be given. */
    Value required(int input) {
        Value value = in(input);
        if (value == null) {
            throw new GraphException("%s '%s' needs input %d".formatted(op, name, input));
        }
        return value;
    }

    SourceNode as(String otherOp) {
        return new SourceNode(domain, otherOp, name, attributes, inputs, outputs);
    }

    SourceNode with(Attributes other) {
        return new SourceNode(domain, op, name, other, inputs, outputs);
    }

    SourceNode without(String attribute) {
        return with(attributes.without(attribute));
    }

    SourceNode withInputs(@Nullable Value... others) {
        int length = others.length;
        while (length > 0 && others[length - 1] == null) {
            length--;
        }
        return new SourceNode(
                domain,
                op,
                name,
                attributes,
                new ArrayList<>(Arrays.asList(others).subList(0, length)),
                outputs);
    }

    /** This node with its first outputs only. */
    SourceNode withOutputs(int count) {
        return new SourceNode(
                domain, op, name, attributes, inputs, outputs.subList(0, Math.min(count, outputs.size())));
    }
}
