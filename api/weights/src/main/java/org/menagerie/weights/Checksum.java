package org.menagerie.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The SHA-256 of a whole safetensors file, which stands in its own metadata; while it is computed, its digits there are
 * zeros. Other readers see one more string. Files without one, such as those of other writers, are read as they are.
 */
final class Checksum {
    private static final String KEY = "menagerie.checksum";

    /** Tells a checksum whose name is damaged from a file without one. */
    private static final String MARK = "menagerie-sha256:";

    private static final int DIGITS = 64;

    private Checksum() {}

    /** Metadata with room for a checksum, before everything else. */
    static Map<String, String> withRoom(Map<String, String> metadata) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put(KEY, MARK + "0".repeat(DIGITS));
        metadata.forEach(all::putIfAbsent);
        return all;
    }

    /** Puts the checksum into the room that a header has for it. */
    static void fill(byte[] header, List<ByteBuffer> data) {
        byte[] digits = of(header, data).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(digits, 0, header, room(header), DIGITS);
    }

    /**
     * Holds a file against its checksum, if it has one.
     *
     * @param data the tensors' bytes in the file's order
     * @return the metadata without the checksum
     */
    static Map<String, String> verify(byte[] header, Map<String, String> metadata, List<ByteBuffer> data)
            throws SafetensorsHeader.Malformed {
        Map<String, String> others = new LinkedHashMap<>(metadata);
        String stated = others.remove(KEY);
        if (stated == null) {
            if (others.values().stream().anyMatch(value -> value.startsWith(MARK))) {
                throw new SafetensorsHeader.Malformed("the name of its checksum is damaged");
            }
            return others;
        }
        if (!stated.matches(MARK + "[0-9a-f]{%d}".formatted(DIGITS))) {
            throw new SafetensorsHeader.Malformed("its checksum '%s' is damaged".formatted(stated));
        }
        String found = of(header, data);
        if (!stated.equals(MARK + found)) {
            throw new SafetensorsHeader.Malformed(
                    "it is damaged: its bytes have the checksum %s, and it was written with %s"
                            .formatted(found, stated.substring(MARK.length())));
        }
        return others;
    }

    private static String of(byte[] header, List<ByteBuffer> data) {
        byte[] blank = header.clone();
        int room = room(blank);
        Arrays.fill(blank, room, room + DIGITS, (byte) '0');
        MessageDigest sha256 = Sha256.digest();
        sha256.update(
                ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(0, header.length));
        sha256.update(blank);
        data.forEach(bytes -> sha256.update(bytes.duplicate()));
        return Sha256.hex(sha256);
    }

    /** Where the digits stand in a header that has a whole checksum. */
    private static int room(byte[] header) {
        return new String(header, StandardCharsets.ISO_8859_1).indexOf(MARK) + MARK.length();
    }
}
