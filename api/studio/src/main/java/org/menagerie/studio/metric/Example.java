package org.menagerie.studio.metric;

import java.util.Map;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Tensor;
import org.menagerie.training.data.Column;

/**
 * One example of a data set.
 *
 * @param batch the columns of the examples that are predicted together
 * @param place its own place among them
 * @param name its name for people
 */
public record Example(Map<String, Tensor> batch, int place, String name) {
    /** An example that is called by its place. */
    public Example(Map<String, Tensor> batch, int place) {
        this(batch, place, "example " + place);
    }

    /**
     * The tensor that holds a column of the whole batch.
     *
     * @throws InvalidInputException if the data has no such column
     */
    public Tensor column(String name) {
        return Column.in(batch, name);
    }

    /** True if the data has a column. */
    public boolean has(String name) {
        return batch.containsKey(name);
    }

    /** The whole number of a column {@code i64[B]}, for example a label. */
    public long number(String name) {
        return column(name).longs().get(place);
    }

    /** The whole numbers of a column, one after the other. */
    public long[] longs(String name) {
        Tensor tensor = column(name);
        long[] own = new long[tensor.size() / (int) tensor.shape().dim(0)];
        tensor.longs().get(place * own.length, own);
        return own;
    }

    /** The real numbers of a column, one after the other. */
    public float[] floats(String name) {
        Tensor tensor = column(name);
        float[] own = new float[tensor.size() / (int) tensor.shape().dim(0)];
        tensor.floats().get(place * own.length, own);
        return own;
    }
}
