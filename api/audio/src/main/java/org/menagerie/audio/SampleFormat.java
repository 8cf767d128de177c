package org.menagerie.audio;

import org.menagerie.spi.InvalidInputException;

/**
 * How a sample is stored, little-endian.
 *
 * <p>Integers are scaled by their full range: 16-bit samples by 1/32768, and so are the 14 and 13 bits that ITU-T G.711
 * presses into eight. Floating-point samples are taken as they are.
 */
public enum SampleFormat {
    U8(1),
    S16(2),
    S24(3),
    S32(4),
    F32(4),
    F64(8),
    /** G.711 µ-law. */
    ULAW(1),
    /** G.711 A-law. */
    ALAW(1);

    private static final int PCM_CODE = 1;
    private static final int FLOAT_CODE = 3;
    private static final int ALAW_CODE = 6;
    private static final int ULAW_CODE = 7;

    private final int bytes;

    SampleFormat(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes a sample takes. */
    public int bytes() {
        return bytes;
    }

    /**
     * The format that a WAVE header names. Integers of, say, 12 or 20 bits fill the upper bits of whole bytes.
     *
     * @param name what errors call the file
     */
    static SampleFormat ofWave(int code, int bits, String name) {
        int rounded = code == PCM_CODE ? (bits + 7) / 8 * 8 : bits;
        return switch (code + "/" + rounded) {
            case PCM_CODE + "/8" -> U8;
            case PCM_CODE + "/16" -> S16;
            case PCM_CODE + "/24" -> S24;
            case PCM_CODE + "/32" -> S32;
            case FLOAT_CODE + "/32" -> F32;
            case FLOAT_CODE + "/64" -> F64;
            case ALAW_CODE + "/8" -> ALAW;
            case ULAW_CODE + "/8" -> ULAW;
            default ->
                throw new InvalidInputException(
                        ("%s holds WAVE format %d of %d bits; expected PCM (1) of 8, 16, 24 or 32 bits, float (3) of 32 or 64,"
                                        + " or G.711 (6, 7) of 8; 'sox IN -e signed -b 16 OUT.wav' converts it")
                                .formatted(name, code, bits));
        };
    }

    float read(byte[] data, int at) {
        return switch (this) {
            case U8 -> ((data[at] & 0xFF) - 128) / 0x1p7f;
            case S16 -> (short) little(data, at, 2) / 0x1p15f;
            case S24 -> ((int) little(data, at, 3) << 8 >> 8) / 0x1p23f;
            case S32 -> (int) little(data, at, 4) / 0x1p31f;
            case F32 -> Float.intBitsToFloat((int) little(data, at, 4));
            case F64 -> (float) Double.longBitsToDouble(little(data, at, 8));
            case ULAW -> ulaw(data[at]) / 0x1p15f;
            case ALAW -> alaw(data[at]) / 0x1p15f;
        };
    }

    /** A sign, three bits of exponent and four of mantissa, all inverted, with a bias of 33 quarter steps. */
    private static int ulaw(byte code) {
        int bits = ~code & 0xFF;
        int magnitude = ((((bits & 0xF) << 3) + 0x84) << ((bits >> 4) & 7)) - 0x84;
        return bits > 0x7F ? -magnitude : magnitude;
    }

    /** The same with every other bit inverted; the lowest exponent is linear, and a set sign bit means positive. */
    private static int alaw(byte code) {
        int bits = (code ^ 0x55) & 0xFF;
        int exponent = (bits >> 4) & 7;
        int mantissa = ((bits & 0xF) << 4) + 8;
        int magnitude = exponent == 0 ? mantissa : (mantissa + 0x100) << (exponent - 1);
        return bits > 0x7F ? magnitude : -magnitude;
    }

    static long little(byte[] data, int at, int bytes) {
        long value = 0;
        for (int i = bytes - 1; i >= 0; i--) {
            value = value << 8 | (data[at + i] & 0xFF);
        }
        return value;
    }
}
