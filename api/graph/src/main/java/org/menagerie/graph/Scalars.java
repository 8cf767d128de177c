package org.menagerie.graph;

import org.menagerie.spi.ElementType;
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
            case FLOAT16 -> tensor.bytes().asShortBuffer().put(index, toFloat16((float) value));
            case BFLOAT16 ->
                tensor.bytes().asShortBuffer().put(index, (short) (Float.floatToRawIntBits((float) value) >>> 16));
        }
    }

    static Tensor scalar(ElementType element, double value) {
        Tensor tensor = Tensor.allocate(element);
        put(tensor, 0, value);
        return tensor;
    }

    /** Rounds to the nearest half-precision number, ties away from zero; overflow gives infinity. */
    private static short toFloat16(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = (bits >>> 16) & 0x8000;
        int exponent = ((bits >>> 23) & 0xff) - 112;
        int mantissa = bits & 0x7fffff;
        if (exponent >= 31) {
            return (short) (sign | 0x7c00 | (Float.isNaN(value) ? 0x200 : 0));
        }
        if (exponent <= 0) {
            int shift = 14 - exponent;
            int subnormal = shift > 24 ? 0 : ((mantissa | 0x800000) + (1 << (shift - 1))) >>> shift;
            return (short) (sign | subnormal);
        }
        return (short) (sign | (((exponent << 10) | (mantissa >>> 13)) + ((mantissa >>> 12) & 1)));
    }
}
