package org.menagerie.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.menagerie.weights.AtomicFile;
import org.menagerie.weights.Sha256;

/**
 * Whether a native library that was unpacked before is still the one in its jar: by its hash once, from then on by its size and
 * time, which are noted beside it. A file of the right size that somebody or something changed is read again, and found out.
 */
final class LibraryCheck {
    private static final String NOTE = ".checked";
    private static final int LONGEST_NOTE = 200;

    private LibraryCheck() {}

    /** True if the file holds what the jar holds. */
    static boolean isWhole(Path file, URL resource) {
        try {
            if (!Files.isRegularFile(file)
                    || Files.size(file) != resource.openConnection().getContentLengthLong()) {
                return false;
            }
            if (isNoted(file)) {
                return true;
            }
            try (InputStream expected = resource.openStream();
                    InputStream found = Files.newInputStream(file)) {
                if (!Sha256.of(expected).equals(Sha256.of(found))) {
                    return false;
                }
            }
            note(file);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Notes that a file was just written from its jar. */
    static void note(Path file) {
        try {
            AtomicFile.note(noteOf(file), sizeAndTime(file));
        } catch (IOException e) {
            // In a folder that cannot be written each start reads the library, which is slower and as safe.
            return;
        }
    }

    private static boolean isNoted(Path file) throws IOException {
        Path note = noteOf(file);
        return Files.isRegularFile(note)
                && Files.size(note) <= LONGEST_NOTE
                && Files.readString(note, StandardCharsets.ISO_8859_1).equals(sizeAndTime(file));
    }

    private static String sizeAndTime(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return attributes.size() + " " + attributes.lastModifiedTime();
    }

    private static Path noteOf(Path file) {
        return file.resolveSibling("." + file.getFileName() + NOTE);
    }
}
