package org.menagerie.training.data;

import java.nio.FloatBuffer;
import java.util.Map;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Tensor;

/**
 * Finds numbers in a batch that no training can use.
 *
 * @param data the data set's name
 * @param examples the numbers of the batch's examples
 */
record FiniteCheck(String data, int[] examples) {
    /** @param stage when the batch is as it is, as the end of a sentence */
    void require(Map<String, Tensor> batch, String stage) {
        batch.forEach((column, tensor) -> {
            if (tensor.elementType() == ElementType.FLOAT32) {
                require(column, tensor, stage);
            }
        });
    }

    private void require(String column, Tensor tensor, String stage) {
        FloatBuffer values = tensor.floats();
        int each = Math.max(1, tensor.size() / examples.length);
        for (int i = 0; i < tensor.size(); i++) {
            if (!Float.isFinite(values.get(i))) {
                throw new InvalidInputException(
                        "Example %,d of data set %s, counted from 0, has %s in column '%s'%s; training needs finite numbers"
                                .formatted(
                                        examples[Math.min(i / each, examples.length - 1)],
                                        data,
                                        values.get(i),
                                        column,
                                        stage));
            }
        }
    }
}
