package org.menagerie.audio;

/**
 * How a sample is stored, little-endian.
 *
 * <p>Integers are scaled by their full range: 16-bit samples by 1/32768. Floating-point samples are taken as they are.
 */
public enum SampleFormat {
    U8(1),
    S16(2),
    S24(3),
    S32(4),
    F32(4),
    F64(8);

    private final int bytes;

    SampleFormat(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes a sample takes. */
    public int bytes() {
        return bytes;
    }

    float read(byte[] data, int at) {
        return switch (this) {
            case U8 -> ((data[at] & 0xFF) - 128) / 0x1p7f;
            case S16 -> (short) little(data, at, 2) / 0x1p15f;
            case S24 -> ((int) little(data, at, 3) << 8 >> 8) / 0x1p23f;
            case S32 -> (int) little(data, at, 4) / 0x1p31f;
            case F32 -> Float.intBitsToFloat((int) little(data, at, 4));
            case F64 -> (float) Double.longBitsToDouble(little(data, at, 8));
        };
    }

    static long little(byte[] data, int at, int bytes) {
        long value = 0;
        for (int i = bytes - 1; i >= 0; i--) {
            value = value << 8 | (data[at + i] & 0xFF);
        }
        return value;
    }
}
