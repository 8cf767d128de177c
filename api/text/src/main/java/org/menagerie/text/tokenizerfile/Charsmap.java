package org.menagerie.text.tokenizerfile;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.Deque;

/**
 * SentencePiece's precompiled map of characters: the size of a double-array trie in bytes, the trie, and the texts that its
 * leaves point to, each ended by a zero. The native library follows every step without a look at the bounds, so each step
 * that a text can cause is taken here once.
 */
final class Charsmap {
    private static final int LABEL = 0x800000FF;
    private static final int LONGEST = 256;

    private final int[] units;
    private final byte[] texts;
    private final Part part;
    private int longest;
    private boolean erases;

    /** Reads and checks a map. */
    static Charsmap of(Part map) {
        try {
            return new Charsmap(Base64.getDecoder().decode(map.text(Integer.MAX_VALUE)), map);
        } catch (IllegalArgumentException e) {
            throw map.error("is not base64: " + e.getMessage());
        }
    }

    private Charsmap(byte[] bytes, Part part) {
        this.part = part;
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long trieBytes = bytes.length < 4 ? -1 : buffer.getInt() & 0xFFFFFFFFL;
        if (trieBytes < 4 || trieBytes % 4 != 0 || trieBytes > buffer.remaining()) {
            throw part.error("is not a precompiled charsmap: of %,d bytes, %,d are to be its trie"
                    .formatted(bytes.length, trieBytes));
        }
        units = new int[(int) trieBytes / 4];
        buffer.asIntBuffer().get(units);
        texts = new byte[buffer.remaining() - (int) trieBytes];
        buffer.position(4 + (int) trieBytes).get(texts);
        walk();
    }

    /** The bytes of the longest text that a character becomes. */
    int longest() {
        return longest;
    }

    /** True if something of substance becomes nothing, or white space. */
    boolean erases() {
        return erases;
    }

    /** A place in the trie, and the bytes that lead to it. */
    private record Place(int base, byte[] key) {}

    private void walk() {
        BitSet seen = new BitSet(units.length);
        Deque<Place> open = new ArrayDeque<>();
        open.add(new Place(offset(units[0]), new byte[0]));
        while (!open.isEmpty()) {
            Place place = open.remove();
            int base = place.base();
            if (place.key().length > LONGEST) {
                throw part.error(
                        "is not a precompiled charsmap: it maps more than %d bytes at once".formatted(LONGEST));
            }
            // A following byte leads to any of 255 places, of which the reader looks at the label.
            for (int next = 1; next < 256; next++) {
                int at = base ^ next;
                int unit = unit(at);
                if ((unit & LABEL) != next || seen.get(at)) {
                    continue;
                }
                seen.set(at);
                int target = at ^ offset(unit);
                byte[] key = Arrays.copyOf(place.key(), place.key().length + 1);
                key[key.length - 1] = (byte) next;
                if ((unit >>> 8 & 1) == 1) {
                    String text = leaf(unit(target) & 0x7FFFFFFF);
                    erases |= !Erasure.solid(text) && Erasure.solid(new String(key, StandardCharsets.UTF_8));
                }
                open.add(new Place(target, key));
            }
        }
    }

    private int unit(int at) {
        if (at < 0 || at >= units.length) {
            throw part.error("is not a precompiled charsmap: its trie leads out of itself, to unit %,d of %,d"
                    .formatted(at, units.length));
        }
        return units[at];
    }

    private static int offset(int unit) {
        return (unit >>> 10) << ((unit & (1 << 9)) >>> 6);
    }

    private String leaf(int index) {
        if (index > texts.length || (index < texts.length && (texts[index] & 0xC0) == 0x80)) {
            throw part.error("is not a precompiled charsmap: a leaf points to byte %,d of %,d of its texts"
                    .formatted(index, texts.length));
        }
        int end = index;
        while (end < texts.length && texts[end] != 0) {
            end++;
        }
        longest = Math.max(longest, end - index);
        if (longest > LONGEST) {
            throw part.error("makes %,d bytes of one character; at most %d are read".formatted(longest, LONGEST));
        }
        return new String(texts, index, end - index, StandardCharsets.UTF_8);
    }
}
