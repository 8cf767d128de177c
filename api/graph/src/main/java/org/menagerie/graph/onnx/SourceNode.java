package org.menagerie.graph.onnx;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.menagerie.graph.Attributes;
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
    @Nullable
    Value in(int input) {
        return input < inputs.size() ? inputs.get(input) : null;
    }

    SourceNode with(Attributes other) {
        return new SourceNode(domain, op, name, other, inputs, outputs);
    }

    SourceNode with(Attributes otherAttributes, List<@Nullable Value> otherInputs) {
        return new SourceNode(domain, op, name, otherAttributes, otherInputs, outputs);
    }
}
