package org.menagerie.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.menagerie.graph.layer.Initializers;
import org.menagerie.spi.ElementType;

/** Attention with several heads (Vaswani 2017, section 3.2), and the masks that hide keys from queries. */
public interface AttentionLayers extends Layers, ActivationOps {
    /** Added to the score of a key that a query must not see. It is finite, so that a query that sees none is not NaN. */
    double HIDDEN = -1e9;

    /** What is attended to, head by head: keys and values, each {@code [N, heads, S, width/heads]}. */
    record Heads(Value keys, Value values) {}

    /**
     * What attention gives.
     *
     * @param output {@code [N, T, width]}
     * @param weights how each query distributes over the keys, {@code [N, heads, T, S]}, before dropout
     */
    record Attended(Value output, Value weights) {}

    /**
     * Hides the keys beyond each sequence's length.
     *
     * @param lengths i32[N]
     * @param sequence the padded sequences, {@code [N, S, ...]}
     * @return f32[N,1,1,S], to be added to scores
     */
    default Value paddingMask(Value lengths, Value sequence) {
        Value places = op("Range", scalar(ElementType.INT64, 0), extent(sequence, 1), scalar(ElementType.INT64, 1));
        Value each = reshape(cast(lengths, ElementType.INT64), -1, 1, 1, 1);
        Value outside = greaterOrEqual(reshape(places, 1, 1, 1, -1), each);
        return mul(cast(outside, ElementType.FLOAT32), HIDDEN);
    }

    /** Hides from each element of a sequence {@code [N, T, ...]} those after it: f32[T,T], to be added to scores. */
    default Value causalMask(Value sequence) {
        Value places = op("Range", scalar(ElementType.INT64, 0), extent(sequence, 1), scalar(ElementType.INT64, 1));
        return mul(cast(less(unsqueeze(places, 1), unsqueeze(places, 0)), ElementType.FLOAT32), HIDDEN);
    }

    /** A sequence {@code [N, T, width]} as heads {@code [N, heads, T, width/heads]}. */
    default Value heads(Value x, int heads) {
        long width = x.dim(2).value();
        if (heads < 1 || width % heads != 0) {
            throw new GraphException("A width of %d does not divide into %d heads".formatted(width, heads));
        }
        return transpose(reshape(x, 0, 0, heads, width / heads), 0, 2, 1, 3);
    }

    /**
     * Scaled dot-product attention, equation 1, in every head, and the heads' outputs beside each other.
     *
     * @param queries {@code [N, heads, T, width/heads]}
     * @param mask is added to the scores {@code [N, heads, T, S]}, of a shape that broadcasts to theirs; null for none
     * @param dropout the probability with which a weight becomes zero in training
     */
    default Attended attend(Value queries, Heads attended, @Nullable Value mask, double dropout) {
        long heads = queries.dim(1).value();
        long size = queries.dim(3).value();
        Attributes scaled = Attributes.of("transB", true).with("alpha", 1 / Math.sqrt((double) size));
        Value scores = microsoft("FusedMatMul", scaled, queries, attended.keys());
        Value weights = softmax(mask == null ? scores : add(scores, mask), -1);
        Value output = matMul(dropout(weights, dropout), attended.values());
        return new Attended(reshape(transpose(output, 0, 2, 1, 3), 0, 0, heads * size), weights);
    }

    /**
     * A whole layer of attention with the parameters of PyTorch's {@code nn.MultiheadAttention}: {@code
     * name.in_proj_weight}, {@code in_proj_bias}, {@code out_proj.weight} and {@code out_proj.bias}. Self-attention where
     * the memory is the query itself.
     *
     * @param query {@code [N, T, width]}
     * @param memory {@code [N, S, width]}
     * @param mask as {@link #attend} takes it
     */
    default Attended multiHeadAttention(
            String name, Value query, Value memory, @Nullable Value mask, int heads, double dropout) {
        List<Value> q = packedProjections(name, query, 0, query == memory ? 3 : 1);
        List<Value> kv = query == memory ? q.subList(1, 3) : packedProjections(name, memory, 1, 3);
        Heads seen = new Heads(heads(kv.get(0), heads), heads(kv.get(1), heads));
        Attended attended = attend(heads(q.get(0), heads), seen, mask, dropout);
        int width = (int) query.dim(2).value();
        Value output = linear(
                name + ".out_proj", attended.output(), width, Initializers.xavierUniform(), Initializers.zeros());
        return new Attended(output, attended.weights());
    }

    /**
     * Some of the projections that one parameter {@code name.in_proj_weight [3*width, width]} holds below each other: 0 for
     * queries, 1 for keys, 2 for values.
     */
    default List<Value> packedProjections(String name, Value x, int from, int to) {
        long width = x.dim(2).value();
        Value weight = sharing(() -> parameter(
                name + ".in_proj_weight", TensorType.of(x.element(), 3 * width, width), Initializers.xavierUniform()));
        Value bias = sharing(
                () -> parameter(name + ".in_proj_bias", TensorType.of(x.element(), 3 * width), Initializers.zeros()));
        if (to - from < 3) {
            weight = slice(weight, 0, from * width, to * width);
            bias = slice(bias, 0, from * width, to * width);
        }
        Value product = add(matMul(x, transpose(weight, 1, 0)), bias);
        return to - from == 1 ? List.of(product) : split(product, 2, equal(to - from, width));
    }

    private static long[] equal(int parts, long size) {
        long[] sizes = new long[parts];
        java.util.Arrays.fill(sizes, size);
        return sizes;
    }
}
