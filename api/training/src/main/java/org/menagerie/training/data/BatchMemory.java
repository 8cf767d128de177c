package org.menagerie.training.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Shape;
import org.menagerie.spi.Tensor;

/**
 * Buffers that one batch after another is put into, so that a training loop allocates none. A tensor from here is valid
 * until its name is asked for again. For one thread at a time.
 */
public final class BatchMemory {
    private final Map<String, ByteBuffer> buffers = new HashMap<>();
    private final Map<String, Tensor> tensors = new HashMap<>();

    /** A tensor of this shape under a column's name. Its content is whatever was there before: write every element. */
    public Tensor tensor(String name, ElementType elementType, long... dims) {
        Shape shape = new Shape(dims);
        Tensor last = tensors.get(name);
        if (last != null && last.elementType() == elementType && last.shape().equals(shape)) {
            return last;
        }
        int bytes = Math.toIntExact(Math.multiplyExact(shape.size(), elementType.bytes()));
        ByteBuffer buffer = buffers.get(name);
        if (buffer == null || buffer.capacity() < bytes) {
            buffer = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
            buffers.put(name, buffer);
        }
        Tensor tensor = Tensor.wrap(elementType, shape, buffer.slice(0, bytes));
        tensors.put(name, tensor);
        return tensor;
    }
}
