package org.menagerie.spi;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;

/** The elements of a tensor of any type as Java's numbers: halves as floats, unsigned integers as what they mean. */
public final class TensorElements {
    private static final int MOST_DIGITS = 25; // more than any 64-bit integer has

    private TensorElements() {}

    /**
     * Reads one element without loss.
     *
     * @return a {@link Float} for float32, float16 and bfloat16, a {@link Double} for float64, a {@link BigInteger} for
     *     uint64 past {@link Long#MAX_VALUE}, a {@link Boolean} for bool, and a {@link Long} for every other integer
     */
    public static Object get(Tensor tensor, int index) {
        ByteBuffer bytes = tensor.bytes();
        return switch (tensor.elementType()) {
            case FLOAT32 -> bytes.getFloat(4 * index);
            case FLOAT64 -> bytes.getDouble(8 * index);
            case FLOAT16 -> HalfFloats.ofFloat16(bytes.getShort(2 * index));
            case BFLOAT16 -> HalfFloats.ofBfloat16(bytes.getShort(2 * index));
            case INT8 -> (long) bytes.get(index);
            case UINT8 -> (long) (bytes.get(index) & 0xff);
            case INT16 -> (long) bytes.getShort(2 * index);
            case UINT16 -> (long) (bytes.getShort(2 * index) & 0xffff);
            case INT32 -> (long) bytes.getInt(4 * index);
            case UINT32 -> bytes.getInt(4 * index) & 0xffffffffL;
            case INT64 -> bytes.getLong(8 * index);
            case UINT64 -> unsigned(bytes.getLong(8 * index));
            case BOOL -> bytes.get(index) != 0;
        };
    }

    /** Reads one element as a double; true is 1. Integers past 2^53 are rounded. */
    public static double number(Tensor tensor, int index) {
        Object element = get(tensor, index);
        return element instanceof Number number ? number.doubleValue() : Boolean.TRUE.equals(element) ? 1 : 0;
    }

    private static Object unsigned(long bits) {
        return bits >= 0 ? (Object) bits : new BigInteger(Long.toUnsignedString(bits));
    }

    /**
     * Writes one element: the nearest number for a floating-point type, the very number for any other.
     *
     * @throws InvalidInputException if the type does not hold the number: a fraction in an integer, or out of its range
     */
    public static void put(Tensor tensor, int index, BigDecimal value) {
        ElementType type = tensor.elementType();
        ByteBuffer bytes = tensor.bytes();
        if (type.isFloating()) {
            if (!putFloating(bytes, index, type, value)) {
                throw new InvalidInputException(
                        "%s is out of the range of %s".formatted(shown(value), type.shortName()));
            }
            return;
        }
        long bits = integer(type, value);
        switch (type.bytes()) {
            case 1 -> bytes.put(index, (byte) bits);
            case 2 -> bytes.putShort(2 * index, (short) bits);
            case 4 -> bytes.putInt(4 * index, (int) bits);
            default -> bytes.putLong(8 * index, bits);
        }
    }

    /** Writes what no decimal number is, a negative zero, an infinity or NaN, into a tensor of a floating-point type. */
    public static void putSpecial(Tensor tensor, int index, float value) {
        ByteBuffer bytes = tensor.bytes();
        switch (tensor.elementType()) {
            case FLOAT32 -> bytes.putFloat(4 * index, value);
            case FLOAT64 -> bytes.putDouble(8 * index, value);
            case FLOAT16 -> bytes.putShort(2 * index, HalfFloats.toFloat16(value));
            case BFLOAT16 -> bytes.putShort(2 * index, HalfFloats.toBfloat16(value));
            default ->
                throw new InvalidInputException(
                        "%s has no %s".formatted(tensor.elementType().shortName(), value));
        }
    }

    /** False if the number is too large for the type. */
    private static boolean putFloating(ByteBuffer bytes, int index, ElementType type, BigDecimal value) {
        double wide = value.doubleValue();
        float narrow = value.floatValue();
        switch (type) {
            case FLOAT64 -> bytes.putDouble(8 * index, wide);
            case FLOAT32 -> bytes.putFloat(4 * index, narrow);
            case FLOAT16 -> bytes.putShort(2 * index, HalfFloats.toFloat16(narrow));
            default -> bytes.putShort(2 * index, HalfFloats.toBfloat16(narrow));
        }
        return switch (type) {
            case FLOAT64 -> Double.isFinite(wide);
            case FLOAT32 -> Float.isFinite(narrow);
            case FLOAT16 -> Float.isFinite(HalfFloats.ofFloat16(HalfFloats.toFloat16(narrow)));
            default -> Float.isFinite(HalfFloats.ofBfloat16(HalfFloats.toBfloat16(narrow)));
        };
    }

    private static long integer(ElementType type, BigDecimal value) {
        // The count of digits comes first: expanding 1e999999999 would take all memory.
        long digits = (long) value.precision() - value.scale();
        boolean fraction = digits <= MOST_DIGITS && value.stripTrailingZeros().scale() > 0;
        if (value.signum() != 0 && (digits <= 0 || fraction)) {
            throw new InvalidInputException(
                    "%s is not an integer, which %s needs".formatted(shown(value), type.shortName()));
        }
        if (value.signum() == 0) {
            return 0;
        }
        if (digits <= MOST_DIGITS) {
            BigInteger integer = value.toBigIntegerExact();
            if (integer.compareTo(lowest(type)) >= 0 && integer.compareTo(highest(type)) <= 0) {
                return integer.longValue();
            }
        }
        throw new InvalidInputException("%s is out of the range of %s, %d to %d"
                .formatted(shown(value), type.shortName(), lowest(type), highest(type)));
    }

    private static boolean isSigned(ElementType type) {
        return switch (type) {
            case INT8, INT16, INT32, INT64 -> true;
            default -> false;
        };
    }

    private static BigInteger lowest(ElementType type) {
        return isSigned(type) ? BigInteger.ONE.shiftLeft(8 * type.bytes() - 1).negate() : BigInteger.ZERO;
    }

    private static BigInteger highest(ElementType type) {
        int bits = type == ElementType.BOOL ? 1 : 8 * type.bytes() - (isSigned(type) ? 1 : 0);
        return BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
    }

    private static String shown(BigDecimal value) {
        String text = value.toString();
        return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }
}
