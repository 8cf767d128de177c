package org.menagerie.verdict;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.menagerie.spi.ZooHome;

/**
 * The folders of the user's that this project's code, or a library it calls, would write to if a test forgot to point it
 * elsewhere.
 *
 * @param folders which need not exist
 */
record UserFolders(List<Path> folders) {
    /** In a folder of caches: the zoo's own, ONNX Runtime's telemetry and JNA's native library. */
    private static final List<String> CACHES = List.of("menagerie", "Microsoft", "JNA");

    /**
     * Those of this user, and those in the place of {@code XDG_CACHE_HOME} that tests are given.
     *
     * @param caches the user's own {@code XDG_CACHE_HOME}; a relative or absent one counts for nothing
     * @param stray the folder of caches that tests are given
     */
    static UserFolders of(Properties system, @Nullable String caches, Path stray) {
        Path home = Path.of(system.getProperty("user.home"));
        List<Path> folders = new ArrayList<>();
        folders.add(ZooHome.resolve(Map.of(), system));
        Optional<Path> chosen = Optional.ofNullable(caches).map(Path::of).filter(Path::isAbsolute);
        for (String name : CACHES) {
            folders.add(home.resolve(".cache").resolve(name));
            folders.add(stray.resolve(name));
            chosen.ifPresent(folder -> folders.add(folder.resolve(name)));
        }
        folders.add(home.resolve(".djl.ai"));
        return new UserFolders(folders.stream().distinct().toList());
    }

    /** Files and folders that were made, written, renamed or, as a folder's entries, removed since then. */
    List<Path> changedSince(Instant start) throws IOException {
        List<Path> changed = new ArrayList<>();
        for (Path folder : folders) {
            if (Files.isDirectory(folder)) {
                Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path inner, BasicFileAttributes attributes)
                            throws IOException {
                        return visitFile(inner, attributes);
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                        if (!changed(file, attributes).isBefore(start)) {
                            changed.add(file);
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
            }
        }
        return changed;
    }

    /** The inode's time where there is one: nobody can set it, as unpacking an archive sets the time of writing. */
    private static Instant changed(Path file, BasicFileAttributes attributes) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return ((FileTime) Files.getAttribute(file, "unix:ctime", LinkOption.NOFOLLOW_LINKS)).toInstant();
        }
        return attributes.lastModifiedTime().toInstant();
    }
}
