package org.menagerie.hub.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import org.menagerie.weights.AtomicFile;

/** Names that point at contents: hard links, where the file system has none symbolic links, at last copies. */
final class Links {
    private static final String UNFINISHED = ".new";
    private static final int ATTEMPTS = 5;

    private Links() {}

    /** True if the name holds the content already. A copy has the content's size and time. */
    static boolean points(Path name, Path content) throws IOException {
        return Files.exists(name)
                && (Files.isSameFile(name, content)
                        || (Files.size(name) == Files.size(content)
                                && Files.getLastModifiedTime(name).equals(Files.getLastModifiedTime(content))));
    }

    /**
     * Makes a name point at a content, in one step, whatever it was before: whoever opens the name meanwhile finds the old
     * content or the new one.
     */
    static Path point(Path name, Path content) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                return pointOnce(name, content);
            } catch (NoSuchFileException e) {
                // Pruning may remove a folder between its creation and its first file.
                if (attempt == ATTEMPTS || !Files.exists(content)) {
                    throw e;
                }
            }
        }
    }

    private static Path pointOnce(Path name, Path content) throws IOException {
        Files.createDirectories(name.getParent());
        Path fresh = name.resolveSibling("." + name.getFileName() + "-" + UUID.randomUUID() + UNFINISHED);
        try {
            link(fresh, content);
            return AtomicFile.move(fresh, name);
        } finally {
            // Renaming a hard link onto another of the same file does nothing and leaves both.
            Files.deleteIfExists(fresh);
        }
    }

    /** True for what a process left that was killed while it made a name. */
    static boolean isUnfinished(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(".") && name.endsWith(UNFINISHED);
    }

    private static void link(Path name, Path content) throws IOException {
        try {
            Files.createLink(name, content);
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException | UnsupportedOperationException hard) {
            try {
                Files.createSymbolicLink(name, content.toAbsolutePath());
            } catch (IOException | UnsupportedOperationException symbolic) {
                Files.copy(content, name, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }
}
