package org.menagerie.spi;

/** Sixteen-bit floating-point numbers as bits: IEEE 754 binary16 ({@code float16}) and {@code bfloat16}. */
public final class HalfFloats {
    private static final int INFINITY = 0x7c00;
    private static final int QUIET = 0x200;

    private HalfFloats() {}

    /** Widens a float16 without loss. */
    public static float ofFloat16(short bits) {
        int exponent = (bits >>> 10) & 0x1f;
        int mantissa = bits & 0x3ff;
        float magnitude;
        if (exponent == 0) {
            magnitude = mantissa * 0x1p-24f;
        } else {
            int wide = exponent == 0x1f ? 0xff : exponent + 112;
            magnitude = Float.intBitsToFloat(wide << 23 | mantissa << 13);
        }
        return bits < 0 ? -magnitude : magnitude;
    }

    /** Rounds to the nearest float16, ties to even; what is too large becomes infinite. */
    public static short toFloat16(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = (bits >>> 16) & 0x8000;
        if (Float.isNaN(value)) {
            return (short) (sign | INFINITY | QUIET);
        }
        int exponent = ((bits >>> 23) & 0xff) - 112;
        int mantissa = bits & 0x7fffff;
        if (exponent >= 0x1f) {
            return (short) (sign | INFINITY);
        }
        if (exponent > 0) {
            return (short) (sign | roundedShift(exponent << 23 | mantissa, 13));
        }
        int shift = 14 - exponent;
        return (short) (sign | (shift > 24 ? 0 : roundedShift(mantissa | 0x800000, shift)));
    }

    /** Widens a bfloat16 without loss. */
    public static float ofBfloat16(short bits) {
        return Float.intBitsToFloat(bits << 16);
    }

    /** Rounds to the nearest bfloat16, ties to even; what is too large becomes infinite. */
    public static short toBfloat16(float value) {
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            return (short) (bits >>> 16 | 0x40);
        }
        return (short) (bits >>> 31 << 15 | roundedShift(bits & 0x7fffffff, 16));
    }

    /** The nearest integer to {@code value / 2^shift}, ties to even; a carry out of the mantissa raises the exponent. */
    private static int roundedShift(int value, int shift) {
        int half = 1 << (shift - 1);
        int odd = value >>> shift & 1;
        return (value + half - 1 + odd) >>> shift;
    }
}
