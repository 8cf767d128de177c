package org.menagerie.hub.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that is being fetched, and beside it a note of which version its bytes are: the server's ETag or date of last
 * change, so that a later attempt goes on only with more of the same.
 */
public final class Unfinished {
    private static final String NOTE = ".from";
    private static final int LONGEST_NOTE = 1000;

    private Unfinished() {}

    /** What the note says; empty if there is none. */
    static String note(Path file) throws IOException {
        Path note = noteOf(file);
        if (!Files.isRegularFile(note) || Files.size(note) > LONGEST_NOTE) {
            return "";
        }
        return new String(Files.readAllBytes(note), StandardCharsets.ISO_8859_1).strip();
    }

    static void note(Path file, String text) throws IOException {
        if (text.isEmpty() || text.length() > LONGEST_NOTE) {
            Files.deleteIfExists(noteOf(file));
        } else {
            Files.write(noteOf(file), text.getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    /** Drops the note of a file that is whole. */
    static void finish(Path file) throws IOException {
        Files.deleteIfExists(noteOf(file));
    }

    /** Drops the file and its note; gives the file's size. */
    public static long discard(Path file) throws IOException {
        long size = Files.exists(file) ? Files.size(file) : 0;
        Files.deleteIfExists(file);
        Files.deleteIfExists(noteOf(file));
        return size;
    }

    private static Path noteOf(Path file) {
        return file.resolveSibling(file.getFileName() + NOTE);
    }
}
