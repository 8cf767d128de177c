package org.menagerie.vision.file;

import java.nio.ByteBuffer;

/** VP8's arithmetic decoder (RFC 6386, section 7). Beyond the data's end it reads zeros. */
final class BoolDecoder {
    private final ByteBuffer data;
    private int at;
    private int value;
    private int range = 255;
    private int shifted;

    BoolDecoder(ByteBuffer data) {
        this.data = data;
        value = (next() << 8) | next();
    }

    private int next() {
        int index = at++;
        return index < data.limit() ? data.get(index) & 0xFF : 0;
    }

    /** Whether more was read than there is, but for the two bytes that are read ahead. */
    boolean isExhausted() {
        return at > data.limit() + 2;
    }

    /** A bit that is zero with a probability in 256ths. */
    int bit(int probability) {
        int split = 1 + (((range - 1) * probability) >> 8);
        int bit = value >= (split << 8) ? 1 : 0;
        if (bit == 1) {
            range -= split;
            value -= split << 8;
        } else {
            range = split;
        }
        while (range < 128) {
            value <<= 1;
            range <<= 1;
            if (++shifted == 8) {
                shifted = 0;
                value |= next();
            }
        }
        return bit;
    }

    boolean flag() {
        return bit(128) == 1;
    }

    /** A number of bits, the most significant first. */
    int literal(int bits) {
        int number = 0;
        for (int i = 0; i < bits; i++) {
            number = (number << 1) | bit(128);
        }
        return number;
    }

    /** A number of bits and a sign. */
    int signed(int bits) {
        int number = literal(bits);
        return flag() ? -number : number;
    }

    /** A number of bits and a sign if a flag says that there is one, else 0. */
    int optional(int bits) {
        return flag() ? signed(bits) : 0;
    }
}
