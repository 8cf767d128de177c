package org.menagerie.training.data;

import java.util.Map;
import java.util.Optional;
import org.menagerie.spi.Tensor;

/** A random-access set of examples that collates itself into batches. Thread-safe. */
public interface Dataset {
    DatasetInfo info();

    /** The number of examples. */
    int size();

    /** The name of an example for people, for example its file; by default its number. */
    default String name(int index) {
        return "example " + index;
    }

    /** How long an example is, where a batch is padded to its longest; the same for all where none is padded. */
    default int length(int index) {
        return 0;
    }

    /**
     * True if each example continues the one before, as the segments of a text do. In training each row of a batch then
     * continues the same row of the batch before, and batches come in this order in every epoch.
     */
    default boolean isContinuous() {
        return false;
    }

    /**
     * Returns an example as a user of a trained model gives it: an image, a text, a sound. Empty where the data set has nothing but
     * tensors; metrics then make the model's input from the columns.
     */
    default Optional<Object> input(int index) {
        return Optional.empty();
    }

    /**
     * The examples at these indices, in this order, as one tensor a column with the batch as its first axis.
     *
     * @param memory where the tensors are put; they stay valid until the same memory is given again
     * @throws IndexOutOfBoundsException if an index is not in [0, {@link #size()})
     */
    Map<String, Tensor> batch(int[] indices, BatchMemory memory);

    /** The least and the greatest value of a column. */
    record Range(long least, long greatest) {}

    /**
     * Bounds of a column of whole numbers, such as labels, that hold for all examples, where they are known without
     * reading the examples. Before training, labels are held against what a network tells apart: of a data set that knows
     * no bounds, all examples are read for it.
     */
    default Optional<Range> range(String column) {
        return Optional.empty();
    }

    /** The examples at these indices in tensors of their own. */
    default Map<String, Tensor> batch(int... indices) {
        return batch(indices, new BatchMemory());
    }
}
