package org.menagerie.hub.source;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Walks through a tar archive in constant memory: ustar, GNU's long names, and pax headers for names and sizes.
 *
 * <p>Names are bounded, and whatever is neither a file's content nor one of these headers is skipped without being kept.
 */
final class TarReader {
    /** Longer names than any file system takes. */
    private static final int LONGEST_NAME = 1 << 16;

    private static final int BLOCK = 512;
    private static final int NAME = 100;
    private static final int SIZE = 124;
    private static final int CHECKSUM = 148;
    private static final int TYPE = 156;
    private static final int MAGIC = 257;
    private static final int PREFIX = 345;

    private final InputStream in;
    private final byte[] header = new byte[BLOCK];

    /** Bytes of the current entry, its padding included, that were not read yet. */
    private long left;

    TarReader(InputStream in) {
        this.in = in;
    }

    /**
     * An entry.
     *
     * @param name its path
     * @param size its bytes
     * @param file true for an ordinary file; false for links, folders and devices
     */
    record Entry(String name, long size, boolean file) {}

    /** What an extended header says of the entry behind it; empty and -1 where it says nothing. */
    private record Extended(String name, long size) {
        static final Extended NOTHING = new Extended("", -1);
    }

    /** The next entry, whose content {@link #content} then reads, or null at the end. */
    @Nullable
    Entry next() throws IOException {
        Extended extended = Extended.NOTHING;
        while (true) {
            skip();
            int read = in.readNBytes(header, 0, BLOCK);
            if (read == 0 || (read == BLOCK && isZero())) {
                return null;
            }
            if (read < BLOCK) {
                throw new EOFException("the archive ends in the middle of a header");
            }
            requireChecksum();
            long size = number(SIZE, 12);
            char type = (char) (header[TYPE] & 0xff);
            switch (type) {
                case 'L' -> extended = new Extended(text(body(size)), extended.size());
                case 'x', 'X' -> extended = pax(body(size), extended);
                case 'K', 'g' -> left = padded(size);
                case 'S' -> throw new IOException("the archive holds a sparse file, which is not supported");
                default -> {
                    long length = extended.size() >= 0 ? extended.size() : size;
                    left = padded(length);
                    String name = extended.name().isEmpty() ? plainName() : extended.name();
                    boolean file = (type == '0' || type == 0 || type == '7') && !name.endsWith("/");
                    return new Entry(name, length, file);
                }
            }
        }
    }

    private void skip() throws IOException {
        try {
            in.skipNBytes(left);
        } catch (EOFException e) {
            throw new IOException("the archive ends in the middle of a file", e);
        }
        left = 0;
    }

    /** Reads from the current entry; what the caller leaves is skipped. */
    int content(byte[] buffer, long most) throws IOException {
        int n = in.read(buffer, 0, (int) Math.min(buffer.length, most));
        if (n < 0) {
            throw new EOFException("the archive ends in the middle of a file");
        }
        left -= n;
        return n;
    }

    private static long padded(long size) {
        return (size + BLOCK - 1) / BLOCK * BLOCK;
    }

    private byte[] body(long size) throws IOException {
        if (size > LONGEST_NAME) {
            throw new IOException("the archive holds a name or header of %,d bytes; at most %,d are read"
                    .formatted(size, LONGEST_NAME));
        }
        byte[] body = in.readNBytes((int) size);
        if (body.length < size) {
            throw new EOFException("the archive ends in the middle of a header");
        }
        left = padded(size) - size;
        return body;
    }

    private String plainName() {
        String name = text(Arrays.copyOfRange(header, 0, NAME));
        boolean posix = text(Arrays.copyOfRange(header, MAGIC, MAGIC + 6)).equals("ustar");
        String prefix = posix ? text(Arrays.copyOfRange(header, PREFIX, BLOCK)) : "";
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    /** Text up to the first zero byte. */
    private static String text(byte[] bytes) {
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }

    /** Records such as {@code 27 path=package/a.onnx} and a line feed; the number counts the whole record. */
    private static Extended pax(byte[] body, Extended before) throws IOException {
        Extended found = before;
        int at = 0;
        while (at < body.length && body[at] != 0) {
            int space = at;
            while (space < body.length && body[space] != ' ') {
                space++;
            }
            long length = decimal(new String(body, at, space - at, StandardCharsets.US_ASCII));
            if (length <= space - at + 1 || length > body.length - at) {
                throw new IOException("the archive holds a damaged pax header");
            }
            String line = new String(body, space + 1, (int) length - (space - at) - 2, StandardCharsets.UTF_8);
            if (line.startsWith("path=")) {
                found = new Extended(line.substring("path=".length()), found.size());
            } else if (line.startsWith("size=")) {
                found = new Extended(found.name(), decimal(line.substring("size=".length())));
            } else if (line.startsWith("GNU.sparse.")) {
                throw new IOException("the archive holds a sparse file, which is not supported");
            }
            at += (int) length;
        }
        return found;
    }

    private static long decimal(String text) throws IOException {
        if (!text.matches("\\d{1,18}")) {
            throw new IOException("the archive holds a damaged pax header");
        }
        return Long.parseLong(text);
    }

    /** A field of octal digits, or of GNU's base 256 where its first bit is set. */
    private long number(int offset, int length) throws IOException {
        long value = 0;
        if ((header[offset] & 0x80) != 0) {
            for (int i = offset; i < offset + length; i++) {
                int digit = i == offset ? header[i] & 0x7f : header[i] & 0xff;
                if (value >> 54 != 0) {
                    throw new IOException("the archive holds a damaged header");
                }
                value = value << 8 | digit;
            }
            return value;
        }
        String digits =
                text(Arrays.copyOfRange(header, offset, offset + length)).strip();
        if (!digits.matches("[0-7]{0,18}")) {
            throw new IOException("the archive holds a damaged header");
        }
        return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
    }

    private void requireChecksum() throws IOException {
        long stated = number(CHECKSUM, 8);
        int unsigned = 0;
        int signed = 0;
        for (int i = 0; i < BLOCK; i++) {
            byte value = i >= CHECKSUM && i < CHECKSUM + 8 ? (byte) ' ' : header[i];
            unsigned += value & 0xff;
            signed += value;
        }
        if (stated != unsigned && stated != signed) {
            throw new IOException("it is neither a zip nor a tar archive, or it is damaged");
        }
    }

    private boolean isZero() {
        for (byte value : header) {
            if (value != 0) {
                return false;
            }
        }
        return true;
    }
}
