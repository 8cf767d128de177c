package org.menagerie.vision.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.vision.file.JpegSegments.Segment;

/** The compressions of TIFF's strips and tiles (TIFF 6.0, sections 3, 9, 13 and 14; Technical Note 2). */
final class TiffBlocks {
    private static final int NONE = 1;
    private static final int LZW = 5;
    private static final int JPEG = 7;
    private static final int ADOBE_DEFLATE = 8;
    private static final int PACK_BITS = 32_773;
    private static final int DEFLATE = 32_946;
    /** A JPEG stream that only holds tables. */
    private static final int JPEG_TABLES = 347;
    /** More bytes than any of the compressions makes of one. */
    private static final int MOST_GROWTH = 4096;

    private final int compression;
    private final List<Segment> tables;
    private final String name;

    TiffBlocks(TiffTags tags, int compression, String name) {
        this.compression = compression;
        this.tables = JpegSegments.of(tags.bytes(JPEG_TABLES)).list();
        this.name = name;
    }

    static boolean knows(int compression) {
        return List.of(NONE, LZW, JPEG, ADOBE_DEFLATE, PACK_BITS, DEFLATE).contains(compression);
    }

    static boolean isJpeg(int compression) {
        return compression == JPEG;
    }

    /** The most bytes that a compression makes of some. */
    static long mostBytes(int compression, long stored) {
        return compression == NONE ? stored : stored * MOST_GROWTH;
    }

    /**
     * The bytes of a block.
     *
     * @param length how many there are before compression
     */
    byte[] decode(byte[] block, long length) throws IOException {
        if (length > (long) MOST_GROWTH * block.length + MOST_GROWTH || length > Integer.MAX_VALUE - 8) {
            throw truncated();
        }
        byte[] out = new byte[(int) length];
        int written = switch (compression) {
            case NONE -> copy(block, out);
            case PACK_BITS -> packBits(block, out);
            case LZW -> lzw(block, out);
            case JPEG -> copy(new JpegFile(block, name).samples(tables), out);
            default -> inflate(block, out);
        };
        if (written < out.length) {
            throw truncated();
        }
        return out;
    }

    private InvalidInputException truncated() {
        return new InvalidInputException(
                "%s is a truncated or damaged TIFF file: a part of its picture is missing; fetch it again"
                        .formatted(name));
    }

    private static int copy(byte[] from, byte[] out) {
        int length = Math.min(from.length, out.length);
        System.arraycopy(from, 0, out, 0, length);
        return length;
    }

    private static int packBits(byte[] from, byte[] out) {
        int at = 0;
        int to = 0;
        while (at + 1 < from.length && to < out.length) {
            int control = from[at++];
            if (control >= 0) {
                int length = Math.min(Math.min(control + 1, from.length - at), out.length - to);
                System.arraycopy(from, at, out, to, length);
                at += control + 1;
                to += length;
            } else if (control != -128) {
                int end = Math.min(out.length, to + 1 - control);
                java.util.Arrays.fill(out, to, end, from[at++]);
                to = end;
            }
        }
        return to;
    }

    private static int inflate(byte[] from, byte[] out) throws IOException {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(from);
            int to = 0;
            while (to < out.length && !inflater.finished()) {
                int count = inflater.inflate(out, to, out.length - to);
                if (count == 0) {
                    break;
                }
                to += count;
            }
            return to;
        } catch (DataFormatException e) {
            throw new IOException("a deflated part is damaged", e);
        } finally {
            inflater.end();
        }
    }

    /** Codes of 9 to 12 bits, most significant bit first, a code wider one entry early. */
    private static int lzw(byte[] from, byte[] out) throws IOException {
        int[] prefix = new int[4097];
        byte[] suffix = new byte[4097];
        int[] length = new int[4097];
        int next = 258;
        int width = 9;
        int before = -1;
        int to = 0;
        long bits = 0;
        int held = 0;
        ByteBuffer codes = ByteBuffer.wrap(from);
        while (to < out.length) {
            while (held < width && codes.hasRemaining()) {
                bits = (bits << 8) | (codes.get() & 0xFF);
                held += 8;
            }
            if (held < width) {
                return to;
            }
            int code = (int) (bits >> (held - width)) & ((1 << width) - 1);
            held -= width;
            if (code == 257) {
                return to;
            }
            if (code == 256) {
                next = 258;
                width = 9;
                before = -1;
                continue;
            }
            if (code > next || (before < 0 && code >= 258)) {
                throw new IOException("an LZW code is damaged");
            }
            if (before >= 0 && next <= 4096) {
                prefix[next] = before;
                length[next] = (before < 256 ? 1 : length[before]) + 1;
                suffix[next] = first(code == next ? before : code, prefix);
                next++;
            }
            if (code >= next) {
                throw new IOException("an LZW code is damaged");
            }
            int count = code < 256 ? 1 : length[code];
            int at = to + count;
            for (int rest = code; at > to; rest = rest < 256 ? rest : prefix[rest]) {
                at--;
                if (at < out.length) {
                    out[at] = rest < 256 ? (byte) rest : suffix[rest];
                }
            }
            to = Math.min(out.length, to + count);
            before = code;
            width = next >= 2047 ? 12 : next >= 1023 ? 11 : next >= 511 ? 10 : 9;
        }
        return to;
    }

    private static byte first(int code, int[] prefix) {
        int rest = code;
        while (rest >= 256) {
            rest = prefix[rest];
        }
        return (byte) rest;
    }
}
