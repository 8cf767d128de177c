package org.menagerie.training.data;

import java.util.Map;
import org.menagerie.spi.Tensor;

/**
 * One step's examples.
 *
 * @param epoch how many times the data set was gone through before, from 0
 * @param step the batch's number in the epoch, from 0
 * @param size the number of examples
 * @param tensors by column; valid until the stream's next batch is taken
 */
public record Batch(int epoch, int step, int size, Map<String, Tensor> tensors) {
    /**
     * The tensor of a column.
     *
     * @throws org.menagerie.spi.InvalidInputException if there is no such column
     */
    public Tensor tensor(String column) {
        return Column.in(tensors, column);
    }
}
