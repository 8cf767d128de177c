package org.menagerie.graph;

import org.menagerie.spi.ElementType;
import org.menagerie.spi.HalfFloats;
import org.menagerie.spi.Tensor;

/** Writing a number into a tensor of any element type. */
final class Scalars {
    private Scalars() {}

    static void put(Tensor tensor, int index, double value) {
        switch (tensor.elementType()) {
            case FLOAT32 -> tensor.floats().put(index, (float) value);
            case FLOAT64 -> tensor.doubles().put(index, value);
            case INT64 -> tensor.longs().put(index, (long) value);
            case INT32 -> tensor.ints().put(index, (int) value);
            case BOOL -> tensor.bytes().put(index, (byte) (value != 0 ? 1 : 0));
            case INT8, UINT8 -> tensor.bytes().put(index, (byte) (long) value);
            case INT16, UINT16 -> tensor.bytes().asShortBuffer().put(index, (short) (long) value);
            case UINT32 -> tensor.bytes().asIntBuffer().put(index, (int) (long) value);
            case UINT64 -> tensor.bytes().asLongBuffer().put(index, (long) value);
            case FLOAT16 -> tensor.bytes().asShortBuffer().put(index, HalfFloats.toFloat16((float) value));
            case BFLOAT16 -> tensor.bytes().asShortBuffer().put(index, HalfFloats.toBfloat16((float) value));
        }
    }

    static Tensor scalar(ElementType element, double value) {
        Tensor tensor = Tensor.allocate(element);
        put(tensor, 0, value);
        return tensor;
    }
}
