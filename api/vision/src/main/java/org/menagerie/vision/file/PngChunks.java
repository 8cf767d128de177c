package org.menagerie.vision.file;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.menagerie.spi.InvalidInputException;

/** The chunks of a PNG file, in their order. */
record PngChunks(List<Chunk> list) {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    /** Bytes that deflate makes of one at most. */
    private static final int MOST_GROWTH = 1033;

    record Chunk(String type, ByteBuffer content) {}

    static boolean isPng(byte[] file) {
        return file.length >= 8 && java.util.Arrays.equals(file, 0, 8, SIGNATURE, 0, 8);
    }

    static PngChunks of(byte[] file) {
        List<Chunk> found = new ArrayList<>();
        ByteBuffer png = ByteBuffer.wrap(file);
        int at = 8;
        while (at + 12 <= file.length) {
            int length = png.getInt(at);
            if (length < 0 || length > file.length - at - 12) {
                // What is left of a truncated chunk.
                length = file.length - at - 12;
            }
            found.add(new Chunk(new String(file, at + 4, 4, StandardCharsets.ISO_8859_1), png.slice(at + 8, length)));
            at += 12 + length;
        }
        return new PngChunks(List.copyOf(found));
    }

    List<ByteBuffer> all(String type) {
        return list.stream()
                .filter(chunk -> chunk.type().equals(type))
                .map(Chunk::content)
                .toList();
    }

    /** Refuses a picture whose compressed data are too short for its pixels, before these are allocated. */
    void check(String name) {
        ByteBuffer header = all("IHDR").stream()
                .filter(found -> found.remaining() >= 13)
                .findFirst()
                .orElseThrow(
                        () -> new InvalidInputException("%s is a damaged PNG file: it has no header".formatted(name)));
        long width = header.getInt(0) & 0xFFFFFFFFL;
        long height = header.getInt(4) & 0xFFFFFFFFL;
        int samples = switch (header.get(9)) {
            case 2 -> 3;
            case 4 -> 2;
            case 6 -> 4;
            default -> 1;
        };
        long raw = (width * samples * header.get(8) / 8 + 1) * height;
        long compressed = all("IDAT").stream().mapToLong(ByteBuffer::remaining).sum();
        if (raw > compressed * MOST_GROWTH + MOST_GROWTH) {
            throw new InvalidInputException(
                    "%s is a truncated or damaged PNG file: it has %,d bytes for %dx%d pixels; fetch it again"
                            .formatted(name, compressed, width, height));
        }
    }
}
