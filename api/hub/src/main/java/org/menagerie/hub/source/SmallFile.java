package org.menagerie.hub.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Reads files that are small if they are what they claim to be: cards, indexes, settings.
 *
 * <p>Only regular files, so that a link to a device or a pipe is refused instead of read without end; and never more than
 * a stated number of bytes, whatever size the file system reports.
 */
public final class SmallFile {
    private SmallFile() {}

    /**
     * The whole file, which must be UTF-8.
     *
     * @param most bytes that it may hold
     * @throws IOException if it is larger, missing, or not a regular file
     */
    public static String read(Path file, long most) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString(), null, "no such file");
        }
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + " is not a regular file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, most);
        }
    }

    /** The same for a stream. */
    public static String read(InputStream in, long most) throws IOException {
        byte[] bytes = in.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, most + 1));
        if (bytes.length > most) {
            throw new IOException("it holds more than %,d bytes, the most that are read".formatted(most));
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IOException("it is not text in UTF-8", e);
        }
    }
}
