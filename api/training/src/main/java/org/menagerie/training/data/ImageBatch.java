package org.menagerie.training.data;

import java.nio.FloatBuffer;
import java.util.Map;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Shape;
import org.menagerie.spi.Tensor;

/**
 * The images of a batch's column f32[B,C,H,W], for transforms to read and change.
 *
 * @param data all values, row by row, channel by channel, image by image
 * @param count the number of images
 */
public record ImageBatch(FloatBuffer data, int count, int channels, int height, int width) {
    /**
     * The images of a column.
     *
     * @throws InvalidInputException if the batch has no such column, or it does not hold images
     */
    public static ImageBatch of(Map<String, Tensor> batch, String column) {
        Tensor tensor = Column.in(batch, column);
        Shape shape = tensor.shape();
        if (tensor.elementType() != ElementType.FLOAT32 || shape.rank() != 4) {
            throw new InvalidInputException(
                    "Column %s is %s; an image transform needs f32[B,C,H,W]".formatted(column, tensor));
        }
        return new ImageBatch(
                tensor.floats(), (int) shape.dim(0), (int) shape.dim(1), (int) shape.dim(2), (int) shape.dim(3));
    }

    /** The number of values in one image. */
    public int length() {
        return channels * height * width;
    }
}
