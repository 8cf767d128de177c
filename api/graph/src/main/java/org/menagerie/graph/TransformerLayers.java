package org.menagerie.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.menagerie.graph.layer.BlockNames;
import org.menagerie.graph.layer.BlockNames.Packing;
import org.menagerie.graph.layer.Initializers;
import org.menagerie.graph.layer.TransformerBlock;

/**
 * Blocks of a Transformer (Vaswani 2017, figure 1): self-attention, in a decoder cross-attention, and two layers for each
 * element, each part with a residual connection and a layer normalisation.
 */
public interface TransformerLayers extends AttentionLayers {
    /**
     * What a block works with besides the sequence.
     *
     * @param mask of self-attention, for example {@link #causalMask}; null for none
     * @param past keys and values of earlier elements, before which the sequence's own are not computed again; null for none
     * @param memory what cross-attention looks at, from {@link #memory}; null for a block without
     * @param memoryMask of cross-attention, for example {@link #paddingMask}; null for none
     */
    record Given(
            @Nullable Value mask,
            @Nullable Heads past,
            @Nullable Heads memory,
            @Nullable Value memoryMask) {
        /** Self-attention only. */
        public static Given masked(@Nullable Value mask) {
            return new Given(mask, null, null, null);
        }
    }

    /**
     * What a block gives.
     *
     * @param output {@code [N, T, width]}
     * @param heads keys and values of self-attention, those of the past first: the past of the next element
     * @param cross the weights of cross-attention, {@code [N, heads, T, S]}; null without it
     */
    record Block(Value output, Heads heads, @Nullable Value cross) {}

    /** One block over a sequence {@code [N, T, width]}; its parameters' names begin with {@code name}. */
    default Block transformerBlock(String name, Value x, Given given, TransformerBlock settings) {
        BlockNames names = settings.names();
        int width = (int) x.dim(2).value();
        List<Value> own = projections(name + "." + names.attention(), before(name, 0, x, settings), settings);
        Heads present = new Heads(heads(own.get(1), settings.heads()), heads(own.get(2), settings.heads()));
        Heads past = given.past();
        Heads seen = past == null
                ? present
                : new Heads(concat(2, past.keys(), present.keys()), concat(2, past.values(), present.values()));
        Attended self = attend(heads(own.get(0), settings.heads()), seen, given.mask(), settings.dropout());
        Value attended = dense(name + "." + names.attentionOut(), self.output(), width, settings);
        Value y = after(name, 0, x, attended, settings);

        Value weights = null;
        Heads memory = given.memory();
        if (memory != null) {
            Value query = packedProjections(name + "." + names.cross(), before(name, 1, y, settings), 0, 1)
                    .get(0);
            Attended cross = attend(heads(query, settings.heads()), memory, given.memoryMask(), settings.dropout());
            Value output = dense(name + "." + names.crossOut(), cross.output(), width, settings);
            y = after(name, 1, y, output, settings);
            weights = cross.weights();
        }

        int last = memory == null ? 1 : 2;
        Value inner = dense(name + "." + names.first(), before(name, last, y, settings), settings.inner(), settings);
        Value narrow = dense(
                name + "." + names.second(),
                dropout(activated(inner, settings.activation()), settings.dropout()),
                width,
                settings);
        return new Block(after(name, last, y, narrow, settings), seen, weights);
    }

    /** Keys and values of a block's cross-attention over what an encoder gave, {@code [N, S, width]}. */
    default Heads memory(String name, Value encoded, TransformerBlock settings) {
        BlockNames names = settings.names();
        if (names.cross() == null || names.packing() != Packing.ROWS) {
            throw new GraphException("'%s': the names %s have no cross-attention".formatted(name, names));
        }
        List<Value> projected = packedProjections(name + "." + names.cross(), encoded, 1, 3);
        return new Heads(heads(projected.get(0), settings.heads()), heads(projected.get(1), settings.heads()));
    }

    /** Queries, keys and values. */
    private List<Value> projections(String name, Value x, TransformerBlock settings) {
        int width = (int) x.dim(2).value();
        return switch (settings.names().packing()) {
            case ROWS -> packedProjections(name, x, 0, 3);
            case SEPARATE ->
                List.of(
                        dense(name + ".query", x, width, settings),
                        dense(name + ".key", x, width, settings),
                        dense(name + ".value", x, width, settings));
            case COLUMNS -> split(dense(name, x, 3 * width, settings), 2, width, width, width);
        };
    }

    private Value before(String name, int part, Value x, TransformerBlock settings) {
        return settings.normFirst() ? norm(name, part, x, settings) : x;
    }

    private Value after(String name, int part, Value x, Value output, TransformerBlock settings) {
        Value sum = add(x, dropout(output, settings.dropout()));
        return settings.normFirst() ? sum : norm(name, part, sum, settings);
    }

    private Value norm(String name, int part, Value x, TransformerBlock settings) {
        return layerNorm(name + "." + settings.names().norms().get(part), x, settings.epsilon());
    }

    private Value dense(String name, Value x, int out, TransformerBlock settings) {
        if (settings.names().packing() != Packing.COLUMNS) {
            return linear(name, x, out, settings.weights(), Initializers.zeros());
        }
        long in = x.dim(-1).value();
        Value weight = parameter(name + ".weight", TensorType.of(x.element(), in, out), settings.weights());
        return add(matMul(x, weight), parameter(name + ".bias", TensorType.of(x.element(), out), Initializers.zeros()));
    }

    private Value activated(Value x, TransformerBlock.Activation activation) {
        return switch (activation) {
            case RELU -> relu(x);
            case GELU -> gelu(x);
            case GELU_TANH -> microsoft("FastGelu", Attributes.NONE, x);
        };
    }
}
