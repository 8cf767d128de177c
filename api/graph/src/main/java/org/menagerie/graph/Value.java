package org.menagerie.graph;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;

/**
 * A tensor that flows through a graph: an input, a parameter, a constant, or an output of a node. Compared by identity.
 */
public final class Value {
    private final String name;
    private final @Nullable TensorType type;
    private @Nullable Node producer;
    private int index;
    private @Nullable List<Dim> contents;
    private @Nullable Tensor constant;
    private boolean detached;

    Value(String name, @Nullable TensorType type) {
        this.name = name;
        this.type = type;
    }

    void producedBy(Node node, int outputIndex) {
        producer = node;
        index = outputIndex;
    }

    void contents(@Nullable List<Dim> known) {
        contents = known;
    }

    void constant(Tensor tensor) {
        constant = tensor;
    }

    void detach() {
        detached = true;
    }

    public String name() {
        return name;
    }

    /** False of a value that comes, at some remove, from an operator that the graph does not know. */
    public boolean isTyped() {
        return type != null;
    }

    /**
     * Element type and shape.
     *
     * @throws IllegalStateException if inference could not tell
     */
    public TensorType type() {
        if (type == null) {
            throw new IllegalStateException(
                    "The type of '%s' is unknown: it depends on an operator without type inference%s"
                            .formatted(name, producer == null ? "" : " (" + producer + ")"));
        }
        return type;
    }

    public ElementType element() {
        return type().element();
    }

    public int rank() {
        return type().rank();
    }

    /** The extent of an axis; a negative axis counts from the last. */
    public Dim dim(int axis) {
        return type().dim(axis);
    }

    /** The node that computes it; empty for inputs, parameters and constants. */
    public Optional<Node> producer() {
        return Optional.ofNullable(producer);
    }

    /** Which of its producer's outputs it is. */
    public int outputIndex() {
        return index;
    }

    /** The tensor of a constant; empty of any other value. */
    public Optional<Tensor> constant() {
        return Optional.ofNullable(constant);
    }

    /** True if gradients take it as a constant, whatever it is computed from; see {@link GraphBuilder#detach}. */
    public boolean isDetached() {
        return detached;
    }

    /** The elements of a small integer tensor that inference could follow, such as a shape; else empty. */
    public Optional<List<Dim>> contents() {
        return Optional.ofNullable(contents);
    }

    /**
     * This value, checked: symbols in the expected type stand for any extent, but each for one only.
     *
     * @param expected for example {@code f32[N,6,28,28]}
     * @throws GraphException if element type, rank or an extent differs
     */
    public Value is(String expected) {
        TensorType wanted = TensorType.parse(expected);
        TensorType found = type();
        Map<Dim, Dim> symbols = new HashMap<>();
        boolean fits = wanted.element() == found.element() && wanted.rank() == found.rank();
        for (int axis = 0; fits && axis < wanted.rank(); axis++) {
            Dim dim = wanted.dim(axis);
            Dim actual = found.dim(axis);
            fits = dim.isFixed()
                    ? dim.equals(actual)
                    : !actual.isFixed() && actual.equals(symbols.getOrDefault(dim, actual));
            symbols.put(dim, actual);
        }
        if (!fits) {
            throw new GraphException("'%s' is %s; expected %s".formatted(name, found, expected));
        }
        return this;
    }

    @Override
    public String toString() {
        return name + (type == null ? "" : " " + type);
    }
}
