package org.menagerie.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.menagerie.spi.ZooException;
import org.menagerie.spi.ZooHome;
import org.menagerie.weights.AtomicFile;

/**
 * Native libraries taken out of jars into a folder, once.
 *
 * <p>A library appears under its name in one step, whole, so that a killed process leaves nothing that looks whole; a file
 * lock keeps several processes from unpacking at once.
 */
final class Unpacking {
    private Unpacking() {}

    /**
     * Unpacks files that are not in a folder yet, or not whole.
     *
     * @param what the files as messages name them, for example {@code ONNX Runtime's native libraries}
     * @param files their contents by file name, in the order in which they are written
     */
    static void into(Path folder, String what, Map<String, URL> files) {
        if (files.entrySet().stream()
                .allMatch(file -> LibraryCheck.isWhole(folder.resolve(file.getKey()), file.getValue()))) {
            return;
        }
        try {
            Files.createDirectories(folder);
            locked(folder, files);
        } catch (IOException e) {
            throw new ZooException(
                    "%s cannot be unpacked into %s (%s); free space there or set %s to another folder"
                            .formatted(what, folder, e, ZooHome.VARIABLE),
                    e);
        }
    }

    private static synchronized void locked(Path folder, Map<String, URL> files) throws IOException {
        try (FileChannel channel =
                        FileChannel.open(folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            assert lock.isValid();
            removeLeftovers(folder);
            for (Map.Entry<String, URL> file : files.entrySet()) {
                Path target = folder.resolve(file.getKey());
                if (!LibraryCheck.isWhole(target, file.getValue())) {
                    write(file.getValue(), target);
                }
            }
        }
    }

    /** Removes what a killed process left; called with the lock held, so nobody is writing it. */
    private static void removeLeftovers(Path folder) throws IOException {
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(folder, "*.part")) {
            for (Path leftover : leftovers) {
                Files.deleteIfExists(leftover);
            }
        }
    }

    private static void write(URL resource, Path target) throws IOException {
        try (InputStream in = resource.openStream()) {
            AtomicFile.replace(target, channel -> in.transferTo(Channels.newOutputStream(channel)));
        }
        LibraryCheck.note(target);
    }
}
