package org.menagerie.explain;

import java.util.Arrays;
import java.util.function.Function;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Value;
import org.menagerie.graph.transfer.Rebuilt;
import org.menagerie.spi.Tensor;

/**
 * A weighted sum of elements of one value.
 *
 * @param value the value's name
 * @param elements places of elements in one item, row by row
 * @param weights a weight for each
 * @param words what it is, for people
 */
record Selection(String value, long[] elements, float[] weights, String words) implements Target {
    static Selection one(String value, long element, String words) {
        return new Selection(value, new long[] {element}, new float[] {1}, words);
    }

    /** The mean of some elements. */
    static Selection mean(String value, long[] elements, String words) {
        float[] weights = new float[elements.length];
        Arrays.fill(weights, 1f / elements.length);
        return new Selection(value, elements, weights, words);
    }

    @Override
    public Value score(GraphBuilder g, Function<String, Value> network) {
        Value all = network.apply(value);
        boolean batched = all.isTyped() && all.rank() > 0 && all.dim(0).equals(Rebuilt.BATCH);
        Value items = g.reshape(all, batched ? new long[] {0, -1} : new long[] {1, -1});
        Value chosen = g.gather(items, g.longs(elements), 1);
        return g.sum(g.mul(chosen, g.constant(Tensor.of(weights, weights.length))), 1);
    }
}
