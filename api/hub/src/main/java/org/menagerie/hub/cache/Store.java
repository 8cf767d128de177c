package org.menagerie.hub.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.menagerie.hub.source.FileLocks;
import org.menagerie.hub.source.Progress;
import org.menagerie.hub.source.Sources;
import org.menagerie.hub.source.Unfinished;
import org.menagerie.spi.IntegrityException;
import org.menagerie.spi.ModelCard.Artifact;
import org.menagerie.spi.OfflineException;
import org.menagerie.spi.ZooException;
import org.menagerie.weights.Sha256;

/**
 * The files of models, in one folder:
 *
 * <ul>
 *   <li>{@code blobs/sha256-…}: contents, each checked before it got its name
 *   <li>{@code blobs/sha256-….part}: one that is being fetched, or was when its process died
 *   <li>{@code models/CATALOG/NAME/HASH/FILE} and {@code datasets/NAME/HASH/FILE}: the names that point at them
 *   <li>{@code locks/}: one lock a content, so that of many who ask at once one fetches
 * </ul>
 *
 * <p>Thread-safe, and safe between processes.
 */
public final class Store {
    static final String PART = ".part";

    private final Path home;
    private final FileLocks locks;
    private final Names names;

    /** A store in a folder, which need not exist yet. */
    public Store(Path home) {
        this.home = home;
        this.locks = new FileLocks(home.resolve("locks"));
        this.names = new Names(home);
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
     * The file of an artifact, fetched if it is not here, under a path that holds its hash and ends in the name that its
     * card gives it.
     *
     * @param model the model's name with its catalog's prefix
     * @param base the folder of the card, as a reference that ends in {@code /}
     * @throws IntegrityException if no source gave the right bytes and one gave wrong ones
     * @throws OfflineException if the network would be needed and may not be used
     * @throws ZooException if no source gave any
     */
    public Path file(String model, Artifact artifact, String base, Sources sources, Progress progress) {
        return file(model, artifact, List.of(), base, sources, progress);
    }

    /**
     * The same, with other files of the model beside it.
     *
     * @param neighbours such as the external data of a network
     */
    public Path file(
            String model,
            Artifact artifact,
            List<Artifact> neighbours,
            String base,
            Sources sources,
            Progress progress) {
        Path folder = names.ofModel(model, artifact, neighbours);
        String owner = "model " + model;
        neighbours.forEach(neighbour -> file(folder, owner, neighbour, base, sources, progress));
        return file(folder, owner, artifact, base, sources, progress);
    }

    /** The same for a file of a published data set. */
    public Path data(String dataset, Artifact artifact, Sources sources, Progress progress) {
        Path folder = names.ofData(dataset, artifact);
        return file(folder, "data set " + dataset, artifact, "resource:", sources, progress);
    }

    private Path file(Path folder, String owner, Artifact artifact, String base, Sources sources, Progress progress) {
        Path name = folder.resolve(artifact.file());
        Path blob = blob(artifact);
        try {
            if (has(artifact) && Links.points(name, blob)) {
                return name;
            }
            return locks.holding(key(artifact), () -> {
                if (!has(artifact)) {
                    fetching(owner, artifact, base, sources, progress).run(artifact);
                }
                return Links.points(name, blob) ? name : Links.point(name, blob);
            });
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /**
     * Reads a whole content; one that is not what its card states is fetched anew.
     *
     * @return what was found before
     * @throws ZooException as {@link #file}
     */
    public Condition repair(String model, Artifact artifact, String base, Sources sources, Progress progress) {
        try {
            return locks.holding(key(artifact), () -> {
                Condition found = check(artifact);
                if (found == Condition.WRONG) {
                    // Whoever asks from now on waits for the lock instead of getting the damaged content.
                    Files.deleteIfExists(blob(artifact));
                }
                if (found != Condition.WHOLE) {
                    fetching("model " + model, artifact, base, sources, progress)
                            .run(artifact);
                }
                return found;
            });
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private Fetching fetching(String owner, Artifact artifact, String base, Sources sources, Progress progress) {
        return new Fetching(owner, base, part(artifact), blob(artifact), sources, progress);
    }

    private ZooException unusable(IOException e) {
        return new ZooException(
                "The cache %s cannot be used: %s; set ZOO_HOME to a folder that can be written".formatted(home, e), e);
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
        return Math.max(0, sizeOf(part(artifact)));
    }

    /**
     * Removes a model's names, those of its earlier versions included, and its contents unless another model needs them.
     *
     * @param model the model's name with its catalog's prefix
     * @param needed SHA-256 of the contents that other models need
     * @return bytes freed
     */
    public long remove(String model, Iterable<Artifact> artifacts, Set<String> needed) {
        long freed = 0;
        try {
            for (Artifact artifact : artifacts) {
                freed += locks.holding(
                        key(artifact),
                        () -> needed.contains(artifact.sha256())
                                ? 0L
                                : delete(blob(artifact)) + Unfinished.discard(part(artifact)));
            }
            Folders.delete(names.ofModel(model));
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

    private static long delete(Path file) throws IOException {
        long size = Math.max(0, sizeOf(file));
        return Files.deleteIfExists(file) ? size : 0;
    }

    /** Where a content lies once it is here. */
    Path blob(Artifact artifact) {
        return home.resolve("blobs").resolve(key(artifact));
    }

    private Path part(Artifact artifact) {
        return home.resolve("blobs").resolve(key(artifact) + PART);
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
