package org.menagerie.hub.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Names that point at contents: hard links, where the file system has none symbolic links, at last copies. */
final class Links {
    private Links() {}

    /** Makes a name point at a content, in one step, whatever it was before. */
    static Path point(Path name, Path content) throws IOException {
        Files.createDirectories(name.getParent());
        Path fresh = name.resolveSibling(name.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        link(fresh, content);
        // Renaming one hard link onto another of the same file does nothing, so the old name goes first.
        Files.deleteIfExists(name);
        return Files.move(fresh, name, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void link(Path name, Path content) throws IOException {
        try {
            Files.createLink(name, content);
        } catch (IOException | UnsupportedOperationException hard) {
            try {
                Files.createSymbolicLink(name, content.toAbsolutePath());
            } catch (IOException | UnsupportedOperationException symbolic) {
                Files.copy(content, name);
            }
        }
    }
}
