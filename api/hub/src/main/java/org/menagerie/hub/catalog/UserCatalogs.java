package org.menagerie.hub.catalog;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.menagerie.hub.cache.Folders;
import org.menagerie.hub.card.CardReader;
import org.menagerie.hub.card.CatalogIndex;
import org.menagerie.hub.source.FileLocks;
import org.menagerie.hub.source.SmallFile;
import org.menagerie.hub.source.Sources;
import org.menagerie.spi.ZooException;
import org.menagerie.weights.AtomicFile;
import org.menagerie.weights.Sha256;

/**
 * The catalogs that the user added, one folder each: {@code location} says where it is, and for a published one {@code
 * index.json} and {@code cards/HASH.md} keep what was fetched last, for use without a network.
 *
 * <p>A catalog is put together in a folder of another name, which no catalog can have, and appears in one step; it goes the
 * same way. So a process that is killed leaves a whole catalog or none, and what else it leaves the next one removes.
 */
public final class UserCatalogs {
    private static final String LOCATION = "location";
    private static final int MAX_LOCATION = 1 << 14;

    private final Path folder;
    private final Sources sources;
    private final FileLocks locks;

    public UserCatalogs(Path folder, Sources sources) {
        this.folder = folder;
        this.sources = sources;
        this.locks = new FileLocks(folder.resolveSibling("locks"));
    }

    /** All of them, from what is on this machine. */
    public List<Catalog> list() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(folder)) {
            return folders.filter(UserCatalogs::isOne).sorted().map(this::read).toList();
        } catch (IOException e) {
            return List.of(new Catalog("added", folder.toString(), List.of(), List.of("%s: %s".formatted(folder, e))));
        }
    }

    private static boolean isOne(Path own) {
        return CardReader.NAME.matcher(own.getFileName().toString()).matches() && Files.exists(own.resolve(LOCATION));
    }

    private Catalog read(Path own) {
        String name = own.getFileName().toString();
        try {
            String location = location(own);
            if (isFolder(location)) {
                return FolderCatalog.of(name, Path.of(location));
            }
            String base = PublishedFiles.base(location);
            List<CardFile> cards = PublishedFiles.index(own).cards().stream()
                    .map(entry -> new CardFile(
                            name,
                            entry.name(),
                            base,
                            base + entry.name() + CardFile.SUFFIX,
                            () -> PublishedFiles.text(own, entry)))
                    .toList();
            return new Catalog(name, location, cards, List.of());
        } catch (IOException | ZooException | InvalidPathException e) {
            return new Catalog(
                    name, own.toString(), List.of(), List.of("Catalog '%s': %s".formatted(name, e.getMessage())));
        }
    }

    private static String location(Path own) throws IOException {
        return SmallFile.read(own.resolve(LOCATION), MAX_LOCATION).strip();
    }

    /**
     * Adds a catalog; a published one is fetched first.
     *
     * @param location a folder, a URL, or {@code hf:org/repo@revision}
     */
    public Catalog add(String name, String location) {
        if (!CardReader.NAME.matcher(name).matches()) {
            throw new ZooException("A catalog's name must be lower-case letters, digits, '.', '_' and '-', found '%s'"
                    .formatted(name));
        }
        String place = isFolder(location) ? existing(location) : location;
        Path own = folder.resolve(name);
        try {
            return locks.holding(lock(name), () -> {
                if (isOne(own)) {
                    throw new ZooException("There is a catalog '%s' already; 'zoo catalog remove %s' removes it"
                            .formatted(name, name));
                }
                build(own, place);
                return read(own);
            });
        } catch (IOException e) {
            throw new ZooException(
                    "Catalog '%s' cannot be added from %s: %s".formatted(name, location, e.getMessage()), e);
        }
    }

    private static String existing(String folder) {
        try {
            Path path = Path.of(folder).toAbsolutePath().normalize();
            if (Files.isDirectory(path)) {
                return path.toString();
            }
        } catch (InvalidPathException e) {
            throw new ZooException("'%s' cannot name a folder".formatted(folder), e);
        }
        throw new ZooException("There is no folder %s; expected one with cards, a URL, or hf:org/repo"
                .formatted(Path.of(folder).toAbsolutePath().normalize()));
    }

    private void build(Path own, String place) throws IOException {
        Path fresh = aside(own, "new");
        Folders.delete(fresh);
        // A folder without a location is what an older version left when it was killed.
        Folders.delete(own);
        try {
            Files.createDirectories(fresh);
            if (!isFolder(place)) {
                new PublishedFiles(fresh, place, sources).fetch();
            }
            Files.writeString(fresh.resolve(LOCATION), place + "\n");
            AtomicFile.move(fresh, own);
        } finally {
            Folders.delete(fresh);
        }
    }

    /** Removes a catalog; models that were pulled from it stay until they are pruned. */
    public void remove(String name) {
        try {
            locks.holding(lock(name), () -> {
                Path own = known(name);
                Path gone = aside(own, "gone");
                Folders.delete(gone);
                Folders.delete(aside(own, "new"));
                AtomicFile.move(own, gone);
                Folders.delete(gone);
                return own;
            });
        } catch (IOException e) {
            throw new ZooException("Catalog '%s' cannot be removed: %s".formatted(name, e), e);
        }
    }

    /** Fetches a published catalog's index and changed cards anew; a folder is always fresh. */
    public Catalog refresh(String name) {
        try {
            return locks.holding(lock(name), () -> {
                Path own = known(name);
                String location = location(own);
                if (!isFolder(location)) {
                    new PublishedFiles(own, location, sources).fetch();
                }
                return read(own);
            });
        } catch (IOException e) {
            throw new ZooException("Catalog '%s' cannot be refreshed: %s".formatted(name, e.getMessage()), e);
        }
    }

    /** The folder of a catalog that is there, also where nothing but its name can be read. */
    private Path known(String name) {
        boolean possible = CardReader.NAME.matcher(name).matches();
        if (!possible || !Files.isDirectory(folder.resolve(name))) {
            List<String> names = list().stream().map(Catalog::name).toList();
            throw new ZooException("No catalog '%s' was added; added are %s"
                    .formatted(name, names.isEmpty() ? "none" : String.join(", ", names)));
        }
        return folder.resolve(name);
    }

    /** For names that cannot be a catalog's as well: the error about them comes from {@link #known}. */
    private static String lock(String name) {
        return "catalog-" + (CardReader.NAME.matcher(name).matches() ? name : "unknown");
    }

    /** A folder beside a catalog's for what is not whole yet or any more; the dot keeps it out of the list. */
    private static Path aside(Path own, String purpose) {
        return own.resolveSibling("." + own.getFileName() + "." + purpose);
    }

    private static boolean isFolder(String location) {
        return !location.matches("(https?|hf):.*");
    }

    /** The index of a folder of cards, as a publisher puts it beside them. */
    public static String index(Path folder) {
        Catalog catalog = FolderCatalog.of("folder", folder);
        catalog.problems().forEach(problem -> {
            throw new ZooException(problem);
        });
        List<String> entries = new ArrayList<>();
        for (CardFile card : catalog.cards()) {
            card.read();
            String hash = Sha256.of(card.text().getBytes(StandardCharsets.UTF_8));
            entries.add("    {\"name\": \"%s\", \"sha256\": \"%s\"}".formatted(card.name(), hash));
        }
        String index = "{\n  \"cards\": [\n%s\n  ]\n}\n".formatted(String.join(",\n", entries));
        if (index.length() > CatalogIndex.MAX_BYTES) {
            throw new ZooException("The index of %s would hold %,d bytes; a catalog's index has at most %,d"
                    .formatted(folder, index.length(), CatalogIndex.MAX_BYTES));
        }
        return index;
    }
}
