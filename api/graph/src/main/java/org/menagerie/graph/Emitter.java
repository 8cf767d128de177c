package org.menagerie.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;

/** What the operator interfaces of {@link GraphBuilder} are written on: adding nodes and constants. */
public interface Emitter {
    /**
     * Adds a node.
     *
     * @param domain empty for ONNX's own operators
     * @param outputs how many of the operator's outputs are wanted
     * @param inputs the inputs in order, null where an optional one is left out
     * @throws GraphException if the operator does not take these inputs or attributes
     */
    List<Value> emit(String domain, String op, Attributes attributes, int outputs, List<@Nullable Value> inputs);

    /** A constant of the graph. */
    Value constant(Tensor tensor);

    /** A constant without axes; equal ones are shared. */
    Value scalar(ElementType element, double value);

    /** A constant vector of int64, such as a shape or axes; equal ones are shared. */
    Value longs(long... values);

    /** The same numbers, which gradients take as a constant: a target, for example, that depends on predictions. */
    Value detach(Value value);

    /** Adds a node of one of ONNX's own operators and gives its first output. */
    default Value op(String op, Attributes attributes, @Nullable Value... inputs) {
        return emit("", op, attributes, 1, trimmed(inputs)).get(0);
    }

    default Value op(String op, @Nullable Value... inputs) {
        return op(op, Attributes.NONE, inputs);
    }

    /** Adds a node of one of ONNX's own operators and gives several outputs. */
    default List<Value> ops(String op, Attributes attributes, int outputs, @Nullable Value... inputs) {
        return emit("", op, attributes, outputs, trimmed(inputs));
    }

    /** Adds a node of an operator that only ONNX Runtime has. */
    default Value microsoft(String op, Attributes attributes, @Nullable Value... inputs) {
        return emit("com.microsoft", op, attributes, 1, trimmed(inputs)).get(0);
    }

    private static List<@Nullable Value> trimmed(@Nullable Value[] inputs) {
        int length = inputs.length;
        while (length > 0 && inputs[length - 1] == null) {
            length--;
        }
        return java.util.Arrays.asList(inputs).subList(0, length);
    }
}
