package org.menagerie.hub.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.menagerie.spi.OfflineException;
import org.menagerie.spi.settings.Suggestions;
import org.menagerie.weights.AtomicFile;

/** All sources by scheme, and the archives that files were taken out of, kept for their neighbours. Thread-safe. */
public final class Sources {
    private final Map<String, Source> byScheme = new LinkedHashMap<>();
    private final Path archives;
    private final FileLocks locks;
    private final boolean offline;
    private volatile Supplier<Map<String, Source>> others = Map::of;

    /**
     * Collects sources.
     *
     * @param home the folder under which archives are kept
     * @param offline true if remote sources may not be used
     */
    public Sources(List<Source> sources, Path home, boolean offline) {
        sources.forEach(source -> byScheme.put(source.scheme(), source));
        this.archives = home.resolve("archives");
        this.locks = new FileLocks(home.resolve("locks"));
        this.offline = offline;
    }

    /** The sources that the hub brings: resource, file, https, http, hf, maven, npm. */
    public static List<Source> builtIn(ClassLoader classLoader, HttpPolicy policy, boolean offline) {
        HttpSource.Http http = new HttpSource.Http(policy);
        Map<String, String> environment = System.getenv();
        return List.of(
                new ResourceSource(classLoader),
                new FileSource(),
                new HttpSource("https", http),
                new HttpSource("http", http),
                new HuggingFaceSource(http, environment),
                new MavenSource(offline),
                new NpmSource(
                        http,
                        () -> new NpmConfig(
                                environment,
                                Path.of("").toAbsolutePath(),
                                Path.of(System.getProperty("user.home", ".")))));
    }

    /**
     * Brings a file to this machine.
     *
     * @param reference for example {@code npm:@scope/name@1.0.0!/package/a.onnx}
     * @param base the folder of the card that holds the reference, as a reference that ends in {@code /}
     * @param target where to write; may hold the beginning of the file from an earlier attempt
     * @return the whole file: {@code target}, or one that lies on this machine anyway
     * @throws OfflineException if the network would be needed and may not be used
     */
    public Path fetch(String reference, String base, Path target, Transfer transfer) throws IOException {
        Reference parsed = Reference.parse(reference, base);
        Source source = source(parsed.scheme());
        if (parsed.entry().isEmpty()) {
            requireNetworkFor(source);
            return source.fetch(parsed.location(), target, transfer);
        }
        Files.createDirectories(archives);
        Path whole = archiveFile(parsed);
        // Nobody may drop the archive while it is read.
        return locks.holding(whole.getFileName().toString(), () -> {
            Path archive = archive(whole, source, parsed, transfer);
            try {
                Archives.extract(archive, parsed.entry().get(), target, transfer.size());
            } catch (IOException e) {
                Files.deleteIfExists(whole);
                if (transfer.size() < 0) {
                    Unfinished.discard(target);
                }
                throw e;
            }
            return target;
        });
    }

    /** Takes sources of other schemes from a map that is asked for when one is needed: those that plugins bind. */
    public void use(Supplier<Map<String, Source>> bound) {
        this.others = bound;
    }

    private Source source(String scheme) throws IOException {
        Source source = byScheme.get(scheme);
        if (source != null) {
            return source;
        }
        Map<String, Source> known = new LinkedHashMap<>(byScheme);
        others.get().forEach(known::putIfAbsent);
        source = known.get(scheme);
        if (source == null) {
            throw new IOException("no source is called '%s'%s; known are %s"
                    .formatted(
                            scheme, Suggestions.didYouMean(scheme, known.keySet()), String.join(", ", known.keySet())));
        }
        return source;
    }

    private void requireNetworkFor(Source source) {
        if (offline && source.remote()) {
            throw new OfflineException("needs the network");
        }
    }

    private Path archive(Path whole, Source source, Reference reference, Transfer transfer) throws IOException {
        if (Files.exists(whole)) {
            return whole;
        }
        requireNetworkFor(source);
        Path part = whole.resolveSibling(whole.getFileName() + ".part");
        Path fetched = source.fetch(reference.location(), part, transfer.of(reference.location()));
        return fetched.equals(part) ? AtomicFile.move(part, whole) : fetched;
    }

    private Path archiveFile(Reference reference) {
        String name = reference.scheme() + ":" + reference.location();
        UUID key = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
        return archives.resolve("archive-" + key);
    }

    /** Drops the kept archive of a file that turned out wrong, so that the next attempt fetches it anew. */
    public void forget(String reference, String base) throws IOException {
        Reference parsed = Reference.parse(reference, base);
        if (parsed.entry().isPresent()) {
            Files.deleteIfExists(archiveFile(parsed));
        }
    }
}
