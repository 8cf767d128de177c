package org.menagerie.hostile;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Damaged copies of a file, the same ones for the same number. */
final class Mutation {
    /** What tends to stand where a reader does not expect it: numbers that overflow, openings without an end, other formats. */
    private static final List<byte[]> SNIPPETS = List.of(
            text("1e999999"),
            text("-1"),
            text("99999999999999999999"),
            text("null"),
            text("[]"),
            text("{}"),
            text("[[[[[[[[[[[[[[[["),
            text("{\"a\":{\"a\":{\"a\":"),
            text("&a *a"),
            text("../../x"),
            text("\u0000"),
            text("\u001b[2J"),
            text("\""),
            text("<!DOCTYPE html>"),
            new byte[] {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff},
            new byte[] {0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff},
            new byte[] {(byte) 0xff, (byte) 0xff, (byte) 0xff, 0x7f},
            new byte[] {0, 0, 0, 0, 0, 0, 0, (byte) 0x80},
            new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe1, (byte) 0xff, (byte) 0xff},
            new byte[300]);

    private Mutation() {}

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The mutant of a number; number 0 is the file itself. */
    static byte[] of(byte[] original, int number) {
        byte[] bytes = original.clone();
        // Neighbouring seeds give neighbouring first draws; this spreads them.
        Random random = new Random(number * 0x9E3779B97F4A7C15L);
        for (int n = number == 0 ? 0 : 1 + random.nextInt(4); n > 0 && bytes.length > 0; n--) {
            bytes = once(bytes, random);
        }
        return bytes;
    }

    private static byte[] once(byte[] bytes, Random random) {
        // Headers decide what the rest means, so that half of all damage goes there.
        int at = random.nextInt(random.nextBoolean() ? bytes.length : Math.min(bytes.length, 128));
        int length = Math.min(bytes.length - at, 1 + random.nextInt(16));
        byte[] snippet = SNIPPETS.get(random.nextInt(SNIPPETS.size()));
        return switch (random.nextInt(9)) {
            case 0 -> Arrays.copyOf(bytes, at);
            case 1 -> spliced(bytes, at, at + length, new byte[0]);
            case 2 -> spliced(bytes, at, at, snippet);
            case 3 -> spliced(bytes, at, Math.min(bytes.length, at + snippet.length), snippet);
            case 4 -> spliced(bytes, at, at, Arrays.copyOfRange(bytes, at, at + length));
            case 5 -> set(bytes, at, (byte) random.nextInt(256));
            case 6 -> set(bytes, at, (byte) (random.nextBoolean() ? 0xff : 0));
            case 7 -> number(bytes, at, random);
            default -> set(bytes, at, (byte) (bytes[at] ^ 1 << random.nextInt(8)));
        };
    }

    /** Puts other digits where there are some, if there are any behind a place. */
    private static byte[] number(byte[] bytes, int from, Random random) {
        int at = from;
        while (at < bytes.length && (bytes[at] < '0' || bytes[at] > '9')) {
            at++;
        }
        int end = at;
        while (end < bytes.length && bytes[end] >= '0' && bytes[end] <= '9') {
            end++;
        }
        List<String> numbers = List.of("0", "-1", "2147483647", "4294967296", "9223372036854775807", "1000000", "1.5");
        return at == bytes.length ? bytes : spliced(bytes, at, end, text(numbers.get(random.nextInt(numbers.size()))));
    }

    private static byte[] set(byte[] bytes, int at, byte value) {
        bytes[at] = value;
        return bytes;
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] with) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + with.length);
        out.write(bytes, 0, from);
        out.writeBytes(with);
        out.write(bytes, to, bytes.length - to);
        return out.toByteArray();
    }
}
