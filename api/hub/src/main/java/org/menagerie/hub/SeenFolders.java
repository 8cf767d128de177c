package org.menagerie.hub;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.menagerie.weights.AtomicFile;
import org.menagerie.weights.Sha256;

/**
 * Remembers the folders of cards that are known only while an option names them, so that the files of their models count as
 * needed later. A folder is forgotten once it is gone.
 *
 * @param place where a small file for each folder is kept
 */
record SeenFolders(Path place) {
    /** Remembers a folder. A cache that cannot be written cannot be pruned either, so failing to write does no harm. */
    void remember(Path folder) {
        String path = folder.toAbsolutePath().normalize().toString();
        Path entry = place.resolve(Sha256.of(path.getBytes(StandardCharsets.UTF_8)));
        if (Files.exists(entry)) {
            return;
        }
        try {
            AtomicFile.note(entry, path);
        } catch (IOException e) {
            return;
        }
    }

    /** The remembered folders that still exist. */
    List<Path> existing() throws IOException {
        if (!Files.isDirectory(place)) {
            return List.of();
        }
        List<Path> folders = new ArrayList<>();
        try (Stream<Path> entries = Files.list(place)) {
            for (Path entry : entries.sorted().toList()) {
                Path folder = Path.of(Files.readString(entry));
                if (Files.isDirectory(folder)) {
                    folders.add(folder);
                } else {
                    Files.deleteIfExists(entry);
                }
            }
        }
        return folders;
    }
}
