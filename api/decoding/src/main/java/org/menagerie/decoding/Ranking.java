package org.menagerie.decoding;

/** Score and index packed into one long, so that sorting longs upwards sorts scores downwards and ties by index. */
final class Ranking {
    private Ranking() {}

    /** The key of an entry. NaN comes after every number; -0 and 0 are equal. */
    static long key(float score, int index) {
        int bits = Float.isNaN(score) ? Integer.MIN_VALUE : ordered(Float.floatToRawIntBits(score + 0f));
        return (long) ~bits << 32 | index;
    }

    /** The index in a key. */
    static int index(long key) {
        return (int) key;
    }

    /** The score in a key. */
    static float score(long key) {
        int bits = ~(int) (key >> 32);
        return bits == Integer.MIN_VALUE ? Float.NaN : Float.intBitsToFloat(ordered(bits));
    }

    /** Float bits to an int of the same order, and back: negative floats have their magnitude bits turned. */
    private static int ordered(int bits) {
        return bits ^ (bits >> 31 & Integer.MAX_VALUE);
    }
}
