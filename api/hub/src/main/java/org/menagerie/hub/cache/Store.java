package org.menagerie.hub.cache;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.menagerie.hub.source.FileLocks;
import org.menagerie.hub.source.Progress;
import org.menagerie.hub.source.Sources;
import org.menagerie.hub.source.Transfer;
import org.menagerie.spi.IntegrityException;
import org.menagerie.spi.ModelCard.Artifact;
import org.menagerie.spi.OfflineException;
import org.menagerie.spi.ZooException;

/**
 * The files of models, in one folder:
 *
 * <ul>
 *   <li>{@code blobs/sha256-…}: contents, each checked before it got its name
 *   <li>{@code blobs/sha256-….part}: one that is being fetched, or was when its process died
 *   <li>{@code models/CATALOG/NAME/FILE} and {@code datasets/NAME/FILE}: the names that point at them
 *   <li>{@code locks/}: one lock a content, so that of many who ask at once one fetches
 * </ul>
 *
 * <p>Thread-safe, and safe between processes.
 */
public final class Store {
    static final String PART = ".part";
    static final String MODELS = "models";
    static final String DATASETS = "datasets";

    private final Path home;
    private final FileLocks locks;

    /** A store in a folder, which need not exist yet. */
    public Store(Path home) {
        this.home = home;
        this.locks = new FileLocks(home.resolve("locks"));
    }

    /** True if the content is here. Its size is checked; its hash was when it arrived. */
    public boolean has(Artifact artifact) {
        return has(artifact.sha256(), artifact.size());
    }

    /** True if the content of a hash is here, by its size. */
    public boolean has(String sha256, long size) {
        return sizeOf(home.resolve("blobs").resolve("sha256-" + sha256)) == size;
    }

    /**
     * The file of an artifact under the name that its card gives it, fetched if it is not here.
     *
     * @param model the model's name with its catalog's prefix
     * @param base the folder of the card, as a reference that ends in {@code /}
     * @throws OfflineException if the network would be needed and may not be used
     * @throws IntegrityException if no source gave the right bytes
     * @throws ZooException if no source gave any
     */
    public Path file(String model, Artifact artifact, String base, Sources sources, Progress progress) {
        return file(name(model, artifact), "model " + model, artifact, base, sources, progress);
    }

    /** The same for a file of a published data set. */
    public Path data(String dataset, Artifact artifact, Sources sources, Progress progress) {
        Path name = home.resolve(DATASETS).resolve(dataset).resolve(artifact.file());
        return file(name, "data set " + dataset, artifact, "resource:", sources, progress);
    }

    private Path file(Path name, String owner, Artifact artifact, String base, Sources sources, Progress progress) {
        try {
            if (!has(artifact)) {
                locks.holding(
                        key(artifact),
                        () -> has(artifact) ? blob(artifact) : fetch(owner, artifact, base, sources, progress));
            }
            return sizeOf(name) == artifact.size() && Files.isSameFile(name, blob(artifact))
                    ? name
                    : locks.holding(key(artifact), () -> Links.point(name, blob(artifact)));
        } catch (IOException e) {
            throw new ZooException(
                    "The cache %s cannot be used: %s; set ZOO_HOME to a folder that can be written".formatted(home, e),
                    e);
        }
    }

    private Path fetch(String owner, Artifact artifact, String base, Sources sources, Progress progress)
            throws IOException {
        Files.createDirectories(home.resolve("blobs"));
        Path part = home.resolve("blobs").resolve(key(artifact) + PART);
        List<Exception> failures = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        for (String source : artifact.sources()) {
            try {
                boolean begun = Files.exists(part);
                try {
                    fetch(artifact, source, base, part, sources, progress);
                } catch (IntegrityException e) {
                    if (!begun) {
                        throw e;
                    }
                    // What an earlier attempt left may have been what was wrong.
                    Files.deleteIfExists(part);
                    fetch(artifact, source, base, part, sources, progress);
                }
                return blob(artifact);
            } catch (IOException | ZooException e) {
                failures.add(e);
                reasons.add(source + ": " + reason(e));
            }
        }
        throw failure(owner, artifact, failures, reasons);
    }

    private void fetch(Artifact artifact, String source, String base, Path part, Sources sources, Progress progress)
            throws IOException {
        try {
            Transfer transfer = new Transfer(artifact.file(), artifact.size(), progress);
            accept(artifact, sources.fetch(source, base, part, transfer), part);
        } catch (IntegrityException e) {
            sources.forget(source, base);
            throw e;
        }
    }

    /** Checks a fetched file and gives it its name in one step. */
    private void accept(Artifact artifact, Path fetched, Path part) throws IOException {
        long size = Files.size(fetched);
        String sha256 = size == artifact.size() ? Sha256.of(fetched) : "";
        if (!sha256.equals(artifact.sha256())) {
            if (fetched.equals(part)) {
                Files.delete(part);
            }
            throw new IntegrityException(
                    size == artifact.size()
                            ? "expected SHA-256 %s, found %s".formatted(artifact.sha256(), sha256)
                            : "expected %,d bytes, found %,d".formatted(artifact.size(), size));
        }
        if (!fetched.equals(part)) {
            Files.copy(fetched, part, StandardCopyOption.REPLACE_EXISTING);
        }
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(part, blob(artifact), StandardCopyOption.ATOMIC_MOVE);
    }

    /** What {@link #check} finds. */
    public enum Condition {
        WHOLE,
        MISSING,
        /** Its size or hash is not what the card states. */
        WRONG
    }

    /** Reads a whole content and compares its size and hash with what the card states. */
    public Condition check(Artifact artifact) {
        Path blob = blob(artifact);
        if (!Files.exists(blob)) {
            return Condition.MISSING;
        }
        try {
            boolean whole = has(artifact) && Sha256.of(blob).equals(artifact.sha256());
            return whole ? Condition.WHOLE : Condition.WRONG;
        } catch (IOException e) {
            return Condition.WRONG;
        }
    }

    /** Bytes of an earlier attempt at a content that are still here. */
    public long begun(Artifact artifact) {
        return Math.max(0, sizeOf(home.resolve("blobs").resolve(key(artifact) + PART)));
    }

    /**
     * Removes a model's names, and its contents unless another model needs them.
     *
     * @param model the model's name with its catalog's prefix
     * @param needed SHA-256 of the contents that other models need
     * @return bytes freed
     */
    public long remove(String model, Iterable<Artifact> artifacts, Set<String> needed) {
        long freed = 0;
        try {
            for (Artifact artifact : artifacts) {
                freed += locks.holding(key(artifact), () -> {
                    Files.deleteIfExists(name(model, artifact));
                    return needed.contains(artifact.sha256())
                            ? 0L
                            : delete(blob(artifact))
                                    + delete(home.resolve("blobs").resolve(key(artifact) + PART));
                });
            }
            Path folder = home.resolve(MODELS).resolve(model);
            if (Files.isDirectory(folder) && isEmpty(folder)) {
                Files.delete(folder);
            }
            return freed;
        } catch (IOException e) {
            throw new ZooException("Model %s cannot be removed from %s: %s".formatted(model, home, e), e);
        }
    }

    /**
     * Removes what no card names any more, unfinished downloads that nobody is busy with, files without a card, and kept
     * archives. Files of data sets stay.
     *
     * @param needed SHA-256 of the contents that cards name
     * @param pretend true to count only
     * @return bytes freed
     */
    public long prune(Set<String> needed, boolean pretend) {
        try {
            return new Pruning(home, locks, needed, pretend).run();
        } catch (IOException e) {
            throw new ZooException("The cache %s cannot be pruned: %s".formatted(home, e), e);
        }
    }

    static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    static long delete(Path file) throws IOException {
        long size = Math.max(0, sizeOf(file));
        return Files.deleteIfExists(file) ? size : 0;
    }

    private static ZooException failure(
            String owner, Artifact artifact, List<Exception> failures, List<String> reasons) {
        String because = "; " + String.join("; ", reasons);
        String what = "'%s' of %s".formatted(artifact.file(), owner);
        ZooException failure;
        if (failures.stream().anyMatch(OfflineException.class::isInstance)) {
            failure = new OfflineException("%s (%,d bytes) is not on this machine and the network may not be used%s"
                    .formatted(what, artifact.size(), because));
        } else if (failures.stream().anyMatch(IntegrityException.class::isInstance)) {
            failure = new IntegrityException("%s did not arrive as its card states%s".formatted(what, because));
        } else {
            failure = new ZooException("%s could not be fetched%s".formatted(what, because));
        }
        failures.forEach(failure::addSuppressed);
        return failure;
    }

    private static String reason(Exception e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    /** Where a content lies once it is here. */
    Path blob(Artifact artifact) {
        return home.resolve("blobs").resolve(key(artifact));
    }

    private Path name(String model, Artifact artifact) {
        Path folder = home.resolve(MODELS);
        for (String part : model.split("/")) {
            folder = folder.resolve(part);
        }
        return folder.resolve(artifact.file());
    }

    private static String key(Artifact artifact) {
        return "sha256-" + artifact.sha256();
    }

    static long sizeOf(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return -1;
        }
    }
}
