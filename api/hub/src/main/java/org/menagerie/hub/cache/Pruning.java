package org.menagerie.hub.cache;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.menagerie.hub.source.FileLocks;

/**
 * Removes from a store what nobody needs; what somebody is busy with stays.
 *
 * @param needed SHA-256 of the contents that cards name
 * @param pretend true to count only
 */
record Pruning(Path home, FileLocks locks, Set<String> needed, boolean pretend) {
    /** Does it, and gives the bytes freed. */
    long run() throws IOException {
        List<Path> models = below(Names.MODELS);
        long freed = blobs(models);
        for (Path name : models) {
            freed += orphan(name);
        }
        for (Path file : below("archives")) {
            freed += remove(withoutPart(file), List.of(file));
        }
        for (Path file : below("bare")) {
            freed += remove("bare-" + home.relativize(file).getName(1), List.of(file));
        }
        return freed;
    }

    private long blobs(List<Path> models) throws IOException {
        List<Path> data = below(Names.DATASETS);
        long freed = 0;
        for (Path blob : below("blobs")) {
            String key = withoutPart(blob);
            boolean part = blob.getFileName().toString().contains(Store.PART);
            if (part
                    || !(needed.contains(key.replace("sha256-", ""))
                            || data.stream().anyMatch(d -> same(d, blob)))) {
                // The names that point at a content hold its bytes as well.
                List<Path> names =
                        models.stream().filter(model -> same(model, blob)).toList();
                freed += remove(
                        key, Stream.concat(names.stream(), Stream.of(blob)).toList());
            }
        }
        return freed;
    }

    /** Removes a name whose content is not here any more, or that was left half made; gives the bytes that it alone held. */
    private long orphan(Path name) throws IOException {
        String hash = Names.hash(name);
        Path blob = home.resolve("blobs").resolve("sha256-" + hash);
        if (hash.isEmpty() || !Files.exists(name)) {
            return 0;
        }
        if (Links.isUnfinished(name) || !Files.exists(blob)) {
            return remove("sha256-" + hash, List.of(name));
        }
        return 0;
    }

    /** Removes the names of one content, unless somebody holds its lock; gives its size. */
    private long remove(String key, List<Path> names) throws IOException {
        return locks.ifFree(key, () -> {
                    long size = Math.max(0, Store.sizeOf(names.get(0)));
                    for (Path name : pretend ? List.<Path>of() : names) {
                        Files.deleteIfExists(name);
                        removeEmpty(name.getParent());
                    }
                    return size;
                })
                .orElse(0L);
    }

    /** Removes folders that have become empty, but for the store's own. */
    private void removeEmpty(@Nullable Path folder) throws IOException {
        Path at = folder;
        try {
            while (at != null && at.getNameCount() > home.getNameCount() + 1 && Store.isEmpty(at)) {
                Files.delete(at);
                at = at.getParent();
            }
        } catch (DirectoryNotEmptyException | NoSuchFileException e) {
            // Another process put something there, or removed it as well.
            return;
        }
    }

    /** The key of a content, from the name of its file or of what an unfinished download left. */
    private static String withoutPart(Path file) {
        String name = file.getFileName().toString();
        int part = name.indexOf(Store.PART);
        return part < 0 ? name : name.substring(0, part);
    }

    private static boolean same(Path a, Path b) {
        try {
            return Files.isSameFile(a, b);
        } catch (IOException e) {
            // One of them is gone, and with it the likeness.
            return false;
        }
    }

    /** Every file below a folder of the store. */
    private List<Path> below(String folder) throws IOException {
        Path path = home.resolve(folder);
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                files.add(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                // Another process removed it meanwhile.
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }
}
