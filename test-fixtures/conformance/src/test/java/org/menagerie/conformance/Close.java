package org.menagerie.conformance;

import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;

/** Compares tensors element by element. */
final class Close {
    private Close() {}

    /**
     * Fails unless both tensors have one type and shape, and every element differs by at most {@code absolute} plus
     * {@code relative} times the expected one. Numbers that are not finite must be the same.
     */
    static void require(Tensor found, Tensor expected, double relative, double absolute) {
        if (!found.toString().equals(expected.toString())) {
            throw new AssertionError("found %s, expected %s".formatted(found, expected));
        }
        for (int i = 0; i < expected.size(); i++) {
            double x = element(found, i);
            double y = element(expected, i);
            if (Double.compare(x, y) != 0 && !(Math.abs(x - y) <= absolute + relative * Math.abs(y))) {
                throw new AssertionError("element %d of %s is %s, expected %s".formatted(i, found, x, y));
            }
        }
    }

    /** The largest difference of two float32 tensors, relative to the largest expected element or 1. */
    static double error(Tensor found, Tensor expected) {
        double difference = 0;
        double scale = 1;
        for (int i = 0; i < expected.size(); i++) {
            difference = Math.max(difference, Math.abs(element(found, i) - element(expected, i)));
            scale = Math.max(scale, Math.abs(element(expected, i)));
        }
        return difference / scale;
    }

    private static double element(Tensor tensor, int i) {
        return switch (tensor.elementType()) {
            case FLOAT32 -> tensor.bytes().getFloat(4 * i);
            case FLOAT64 -> tensor.bytes().getDouble(8 * i);
            case FLOAT16 -> half(tensor.bytes().getShort(2 * i));
            case BFLOAT16 -> Float.intBitsToFloat(tensor.bytes().getShort(2 * i) << 16);
            default -> integer(tensor, i);
        };
    }

    private static double integer(Tensor tensor, int i) {
        ElementType type = tensor.elementType();
        return switch (type.bytes()) {
            case 1 ->
                type == ElementType.UINT8
                        ? tensor.bytes().get(i) & 0xff
                        : tensor.bytes().get(i);
            case 2 ->
                type == ElementType.UINT16
                        ? tensor.bytes().getShort(2 * i) & 0xffff
                        : tensor.bytes().getShort(2 * i);
            case 4 -> tensor.bytes().getInt(4 * i);
            default -> tensor.bytes().getLong(8 * i);
        };
    }

    private static double half(short bits) {
        int exponent = bits >> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        double magnitude = exponent == 0
                ? fraction * 0x1p-24
                : exponent == 31
                        ? (fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN)
                        : Math.scalb(1 + fraction * 0x1p-10, exponent - 15);
        return bits < 0 ? -magnitude : magnitude;
    }
}
