package org.menagerie.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A cursor over the wire format of protobuf that reads what it is asked for and skips the rest. */
final class Protobuf {
    private static final int WINDOW = 1 << 14;
    private static final int GROUP = 3;
    private static final int GROUP_END = 4;
    private static final int MAX_DEPTH = 100;

    /** In place of a length. */
    private static final long END_OF_GROUP = -2;

    private final @Nullable SeekableByteChannel channel;
    private final ByteBuffer window;
    private final long size;
    private long windowStart;
    private long position;

    Protobuf(SeekableByteChannel channel) throws IOException {
        this.channel = channel;
        this.size = channel.size();
        this.window = ByteBuffer.allocate(WINDOW).limit(0);
    }

    Protobuf(byte[] bytes) {
        this.channel = null;
        this.size = bytes.length;
        this.window = ByteBuffer.wrap(bytes);
    }

    /** The bytes are not what they should be. */
    static final class Malformed extends IOException {
        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message);
        }
    }

    /**
     * A field.
     *
     * @param length bytes of its content, at which the cursor stands; -1 for a number or group, which was passed
     */
    record Field(int number, long length) {}

    long size() {
        return size;
    }

    long position() {
        return position;
    }

    boolean startsWith(long offset, byte[] expected) throws IOException {
        boolean same = size >= offset + expected.length;
        for (int i = 0; same && i < expected.length; i++) {
            same = at(offset + i) == expected[i];
        }
        return same;
    }

    /** The next field of a message that ends at a position. */
    Field next(long end) throws IOException {
        return next(end, 0);
    }

    private Field next(long end, int depth) throws IOException {
        long tag = number(end);
        long field = tag >>> 3;
        if (field < 1 || field > (1 << 29) - 1) {
            throw new Malformed("no field has the number " + field);
        }
        return switch ((int) (tag & 7)) {
            case 0 -> {
                number(end);
                yield new Field((int) field, -1);
            }
            case 1 -> fixed((int) field, 8, end);
            case 2 -> delimited((int) field, end);
            case GROUP -> group((int) field, end, depth);
            case GROUP_END -> new Field((int) field, END_OF_GROUP);
            case 5 -> fixed((int) field, 4, end);
            default -> throw new Malformed("no field has the type " + (tag & 7));
        };
    }

    /** Passes a group, a relic that no field of ONNX uses but that every parser skips. */
    private Field group(int number, long end, int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw new Malformed("nested too deeply");
        }
        for (Field inner = next(end, depth + 1); inner.length() != END_OF_GROUP; inner = next(end, depth + 1)) {
            skip(inner);
        }
        return new Field(number, -1);
    }

    private Field fixed(int number, int bytes, long end) throws IOException {
        advance(bytes, end);
        return new Field(number, -1);
    }

    private Field delimited(int number, long end) throws IOException {
        long length = number(end);
        if (length < 0 || length > end - position) {
            throw new Malformed("a field is longer than what holds it");
        }
        return new Field(number, length);
    }

    void skip(Field field) throws IOException {
        if (field.length() > 0) {
            advance(field.length(), size);
        }
    }

    String text(Field field, int most) throws IOException {
        if (field.length() > most) {
            throw new Malformed("a text of %,d bytes".formatted(field.length()));
        }
        byte[] bytes = new byte[(int) field.length()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = at(position++);
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private void advance(long bytes, long end) throws IOException {
        if (bytes > end - position) {
            throw new Malformed("a field is longer than what holds it");
        }
        position += bytes;
    }

    private long number(long end) throws IOException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (position >= end) {
                break;
            }
            byte b = at(position++);
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw new Malformed("a number without an end");
    }

    private byte at(long index) throws IOException {
        if (index >= size) {
            throw new Malformed("the end comes too soon");
        }
        if (index < windowStart || index >= windowStart + window.limit()) {
            fill(index);
        }
        return window.get((int) (index - windowStart));
    }

    private void fill(long from) throws IOException {
        if (channel == null) {
            throw new Malformed("the end comes too soon");
        }
        window.clear();
        channel.position(from);
        while (window.hasRemaining() && channel.read(window) >= 0) {
            // A read may bring less than was asked for.
            windowStart = from;
        }
        window.flip();
        windowStart = from;
        if (window.limit() == 0) {
            throw new Malformed("the end comes too soon");
        }
    }
}
