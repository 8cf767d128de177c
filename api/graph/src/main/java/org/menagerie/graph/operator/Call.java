package org.menagerie.graph.operator;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.menagerie.graph.Attributes;
import org.menagerie.graph.Dim;
import org.menagerie.graph.GraphException;
import org.menagerie.graph.TensorType;
import org.menagerie.graph.UndeterminedTypeException;
import org.menagerie.graph.Value;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;

/**
 * An application of an operator while its types are inferred.
 *
 * @param label what errors call the node
 * @param inputs the inputs; null where an optional one is left out
 * @param outputs how many outputs are wanted
 * @param unknown gives extents that inference cannot determine, each a new one
 * @param strict whether extents that may differ when the graph runs are errors, as of graphs built here, or are left to
 *     the run, as of graphs that were read
 */
public record Call(
        String label,
        List<@Nullable Value> inputs,
        Attributes attributes,
        int outputs,
        Supplier<Dim> unknown,
        boolean strict) {
    public boolean has(int input) {
        return input < inputs.size() && inputs.get(input) != null;
    }

    /** An input that must be there. */
    public Value in(int input) {
        Value value = input < inputs.size() ? inputs.get(input) : null;
        if (value == null) {
            throw fail("needs input %d", input);
        }
        return value;
    }

    /** The type of an input that must be there. */
    public TensorType type(int input) {
        return in(input).type();
    }

    /** An extent that is known only when the graph runs; a new one each time. */
    public Dim unknownDim() {
        return unknown.get();
    }

    /** The elements of an integer input, if inference could follow them. */
    Optional<List<Dim>> contents(int input) {
        return has(input) ? in(input).contents() : Optional.empty();
    }

    /** The elements of an integer input as numbers, if all are known. */
    Optional<long[]> numbers(int input) {
        return contents(input)
                .filter(dims -> dims.stream().allMatch(Dim::isFixed))
                .map(dims -> dims.stream().mapToLong(Dim::value).toArray());
    }

    /** The elements of a float32 input, if it is a constant. */
    Optional<float[]> floats(int input) {
        return in(input)
                .constant()
                .filter(t -> t.elementType() == ElementType.FLOAT32)
                .map(Tensor::toFloatArray);
    }

    /** An axis attribute, counted from the first. */
    int axis(String attribute, int otherwise, int rank) {
        return normalize(attributes.getInt(attribute, otherwise), rank);
    }

    /** An axis that may count from the last, counted from the first. */
    int normalize(long axis, int rank) {
        if (axis < -rank || axis >= rank) {
            throw fail("axis %d is outside rank %d", axis, rank);
        }
        return (int) (axis < 0 ? axis + rank : axis);
    }

    /** The type of an input, which must have so many axes. */
    public TensorType requireRank(int input, int rank) {
        TensorType type = type(input);
        if (type.rank() != rank) {
            throw fail("input %d must have %d axes; it is %s", input, rank, type);
        }
        return type;
    }

    /** Checks an input's element type. */
    public void requireElement(int input, ElementType expected) {
        if (type(input).element() != expected) {
            throw fail("input %d must be %s; it is %s", input, expected.shortName(), type(input));
        }
    }

    /** Checks that two extents can be equal: both the same, or one of them not known before the graph runs. */
    public void requireEqual(Dim expected, Dim found, String what) {
        if (!expected.equals(found) && expected.isFixed() && found.isFixed()) {
            throw fail("%s: expected %s, found %s", what, expected, found);
        }
    }

    /** The error that names the node and its inputs. */
    @SuppressWarnings("AnnotateFormatMethod") // Would need a dependency for one annotation.
    public GraphException fail(String message, Object... arguments) {
        return new GraphException(label + " " + message.formatted(arguments) + " " + describe());
    }

    /** The type of an output depends on data. */
    @SuppressWarnings("AnnotateFormatMethod") // Would need a dependency for one annotation.
    UndeterminedTypeException undetermined(String message, Object... arguments) {
        return new UndeterminedTypeException(label + " " + message.formatted(arguments) + " " + describe());
    }

    private String describe() {
        StringBuilder text = new StringBuilder("[inputs:");
        for (Value input : inputs) {
            text.append(' ').append(input == null ? "-" : input.toString());
        }
        return text.append(']').toString();
    }
}
