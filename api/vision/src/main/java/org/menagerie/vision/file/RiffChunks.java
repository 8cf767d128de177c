package org.menagerie.vision.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The chunks of a WebP file, in their order. Contents are little-endian. */
record RiffChunks(List<Chunk> list) {
    record Chunk(String type, ByteBuffer content) {}

    static boolean isWebP(byte[] file) {
        return file.length >= 12
                && new String(file, 0, 4, StandardCharsets.ISO_8859_1).equals("RIFF")
                && new String(file, 8, 4, StandardCharsets.ISO_8859_1).equals("WEBP");
    }

    static RiffChunks of(byte[] file) {
        return of(ByteBuffer.wrap(file), 12);
    }

    /** The chunks from an index on, the last cut off where the data end. */
    static RiffChunks of(ByteBuffer data, int from) {
        ByteBuffer bytes = data.slice().order(ByteOrder.LITTLE_ENDIAN);
        List<Chunk> found = new ArrayList<>();
        long at = from;
        while (at + 8 <= bytes.limit()) {
            byte[] type = new byte[4];
            bytes.get((int) at, type);
            long length = bytes.getInt((int) at + 4) & 0xFFFFFFFFL;
            int there = (int) Math.min(length, bytes.limit() - at - 8);
            found.add(new Chunk(
                    new String(type, StandardCharsets.ISO_8859_1),
                    bytes.slice((int) at + 8, there).order(ByteOrder.LITTLE_ENDIAN)));
            at += 8 + length + (length & 1);
        }
        return new RiffChunks(List.copyOf(found));
    }

    /** A number of three bytes, the lowest first. */
    static int threeBytes(ByteBuffer bytes, int at) {
        return (bytes.get(at) & 0xFF) | ((bytes.get(at + 1) & 0xFF) << 8) | ((bytes.get(at + 2) & 0xFF) << 16);
    }

    Optional<ByteBuffer> first(String type) {
        return list.stream()
                .filter(chunk -> chunk.type().equals(type))
                .map(Chunk::content)
                .findFirst();
    }
}
