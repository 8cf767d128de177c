package org.menagerie.spi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Text files as people and their editors write them: UTF-8, or UTF-16 with a byte order mark. The mark is not part of the
 * text.
 */
public final class PlainText {
    private static final char MARK = '\uFEFF';

    private PlainText() {}

    /**
     * Reads a file's text.
     *
     * @throws InvalidInputException if the bytes are not text
     */
    public static String read(Path file) throws IOException {
        return decode(Files.readAllBytes(file), file.toString());
    }

    /**
     * Reads a file's lines, without their ends.
     *
     * @throws InvalidInputException if the bytes are not text
     */
    public static List<String> readLines(Path file) throws IOException {
        return read(file).lines().toList();
    }

    /**
     * The text in some bytes.
     *
     * @param name what errors call them
     * @throws InvalidInputException if the bytes are not text
     */
    public static String decode(byte[] bytes, String name) {
        Charset charset = charset(bytes);
        CharsetDecoder decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate((int) Math.ceil(bytes.length * (double) decoder.maxCharsPerByte()) + 1);
        CoderResult result = decoder.decode(in, out, true);
        if (result.isError()) {
            throw new InvalidInputException(
                    "%s is not %s text: byte %,d does not belong; convert it to UTF-8, for example with iconv"
                            .formatted(name, charset, in.position() + 1));
        }
        decoder.flush(out);
        out.flip();
        return withoutMark(out.toString());
    }

    /** A text without the byte order mark that may begin it. */
    public static String withoutMark(String text) {
        return !text.isEmpty() && text.charAt(0) == MARK ? text.substring(1) : text;
    }

    private static Charset charset(byte[] bytes) {
        int first = bytes.length < 2 ? 0 : ((bytes[0] & 0xff) << 8) | (bytes[1] & 0xff);
        return first == 0xFEFF
                ? StandardCharsets.UTF_16BE
                : first == 0xFFFE ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_8;
    }
}
