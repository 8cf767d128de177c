package org.menagerie.hub.catalog;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.menagerie.hub.cache.Sha256;
import org.menagerie.hub.card.CardReader;
import org.menagerie.hub.card.CatalogIndex;
import org.menagerie.hub.source.Sources;
import org.menagerie.hub.source.Transfer;
import org.menagerie.spi.IntegrityException;
import org.menagerie.spi.OfflineException;
import org.menagerie.spi.ZooException;

/**
 * The catalogs that the user added, one folder each: {@code location} says where it is, and for a published one {@code
 * index.json} and {@code cards/HASH.md} keep what was fetched last, for use without a network.
 */
public final class UserCatalogs {
    private static final String INDEX = "index.json";
    private static final long MAX_BYTES = 64L << 20;

    private final Path folder;
    private final Sources sources;

    public UserCatalogs(Path folder, Sources sources) {
        this.folder = folder;
        this.sources = sources;
    }

    /** All of them, from what is on this machine. */
    public List<Catalog> list() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(folder)) {
            return folders.filter(f -> Files.exists(f.resolve("location")))
                    .sorted()
                    .map(this::read)
                    .toList();
        } catch (IOException e) {
            return List.of(new Catalog("added", folder.toString(), List.of(), List.of("%s: %s".formatted(folder, e))));
        }
    }

    private Catalog read(Path own) {
        String name = own.getFileName().toString();
        try {
            String location = Files.readString(own.resolve("location")).strip();
            if (isFolder(location)) {
                return FolderCatalog.of(name, Path.of(location));
            }
            CatalogIndex index = CatalogIndex.parse(INDEX, Files.readString(own.resolve(INDEX)));
            List<CardFile> cards = index.cards().stream()
                    .map(entry -> new CardFile(
                            name,
                            entry.name(),
                            base(location),
                            base(location) + entry.name() + CardFile.SUFFIX,
                            () -> Files.readString(card(own, entry))))
                    .toList();
            return new Catalog(name, location, cards, List.of());
        } catch (IOException | ZooException e) {
            return new Catalog(
                    name, own.toString(), List.of(), List.of("Catalog '%s': %s".formatted(name, e.getMessage())));
        }
    }

    /**
     * Adds a catalog; a published one is fetched first.
     *
     * @param location a folder, a URL, or {@code hf:org/repo@revision}
     */
    public Catalog add(String name, String location) {
        if (!name.matches("[a-z0-9][a-z0-9._-]{0,99}")) {
            throw new ZooException("A catalog's name must be lower-case letters, digits, '.', '_' and '-', found '%s'"
                    .formatted(name));
        }
        Path own = folder.resolve(name);
        if (Files.exists(own)) {
            throw new ZooException(
                    "There is a catalog '%s' already; 'zoo catalog remove %s' removes it".formatted(name, name));
        }
        String place = isFolder(location)
                ? Path.of(location).toAbsolutePath().normalize().toString()
                : location;
        if (isFolder(location) && !Files.isDirectory(Path.of(place))) {
            throw new ZooException(
                    "There is no folder %s; expected one with cards, a URL, or hf:org/repo".formatted(place));
        }
        try {
            Files.createDirectories(own);
            if (!isFolder(location)) {
                fetch(own, location);
            }
            Files.writeString(own.resolve("location"), place + "\n");
            return read(own);
        } catch (IOException e) {
            deleteAll(own);
            throw new ZooException(
                    "Catalog '%s' cannot be added from %s: %s".formatted(name, location, e.getMessage()), e);
        } catch (ZooException e) {
            deleteAll(own);
            throw e;
        }
    }

    /** Removes a catalog; models that were pulled from it stay until they are pruned. */
    public void remove(String name) {
        deleteAll(known(name));
    }

    /** Fetches a published catalog's index and changed cards anew; a folder is always fresh. */
    public Catalog refresh(String name) {
        Path own = known(name);
        try {
            String location = Files.readString(own.resolve("location")).strip();
            if (!isFolder(location)) {
                fetch(own, location);
            }
            return read(own);
        } catch (IOException e) {
            throw new ZooException("Catalog '%s' cannot be refreshed: %s".formatted(name, e.getMessage()), e);
        }
    }

    private Path known(String name) {
        List<String> names = list().stream().map(Catalog::name).toList();
        if (!names.contains(name)) {
            throw new ZooException("No catalog '%s' was added; added are %s"
                    .formatted(name, names.isEmpty() ? "none" : String.join(", ", names)));
        }
        return folder.resolve(name);
    }

    /** Brings the cards first and the index last, so that what the index names is always here. */
    private void fetch(Path own, String location) throws IOException {
        requireSafe(location);
        Path fresh = own.resolve(INDEX + ".new");
        Files.createDirectories(own.resolve("cards"));
        try {
            CatalogIndex index =
                    CatalogIndex.parse(INDEX, new String(bytes(location, INDEX, fresh), StandardCharsets.UTF_8));
            Set<Path> kept = new HashSet<>();
            for (CatalogIndex.Entry entry : index.cards()) {
                Path card = card(own, entry);
                kept.add(card);
                if (!Files.exists(card)) {
                    Path part = own.resolve("cards").resolve(entry.sha256() + ".part");
                    byte[] bytes = bytes(location, entry.name() + CardFile.SUFFIX, part);
                    if (!Sha256.of(bytes).equals(entry.sha256())) {
                        Files.delete(part);
                        throw new IntegrityException("The card %s of %s does not have the hash that the index states"
                                .formatted(entry.name(), location));
                    }
                    CardReader.read(entry.name(), new String(bytes, StandardCharsets.UTF_8));
                    Files.move(part, card, StandardCopyOption.ATOMIC_MOVE);
                }
            }
            Files.move(fresh, own.resolve(INDEX), StandardCopyOption.ATOMIC_MOVE);
            try (Stream<Path> cards = Files.list(own.resolve("cards"))) {
                for (Path card : cards.filter(c -> !kept.contains(c)).toList()) {
                    Files.delete(card);
                }
            }
        } catch (OfflineException e) {
            throw new OfflineException(
                    "The catalog at %s cannot be fetched: the network may not be used".formatted(location), e);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private byte[] bytes(String location, String file, Path target) throws IOException {
        Files.deleteIfExists(target);
        sources.fetch(base(location) + file, base(location), target, new Transfer(file, -1, (what, done, total) -> {
            if (done > MAX_BYTES) {
                throw new IntegrityException("%s of %s is larger than %,d bytes".formatted(file, location, MAX_BYTES));
            }
        }));
        return Files.readAllBytes(target);
    }

    /** Nothing but the connection vouches for an index. */
    private static void requireSafe(String location) {
        if (location.startsWith("http:")
                && !Set.of("localhost", "127.0.0.1", "[::1]")
                        .contains(String.valueOf(URI.create(location).getHost()))) {
            throw new ZooException("A catalog needs https, found %s".formatted(location));
        }
    }

    private static boolean isFolder(String location) {
        return !location.matches("(https?|hf):.*");
    }

    private static String base(String location) {
        String plain =
                location.endsWith("/" + INDEX) ? location.substring(0, location.length() - INDEX.length()) : location;
        return plain.endsWith("/") ? plain : plain + "/";
    }

    private static Path card(Path own, CatalogIndex.Entry entry) {
        return own.resolve("cards").resolve(entry.sha256() + CardFile.SUFFIX);
    }

    private static void deleteAll(Path own) {
        try (Stream<Path> files = Files.walk(own)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new ZooException("%s cannot be removed: %s".formatted(own, e), e);
        }
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
        return "{\n  \"cards\": [\n%s\n  ]\n}\n".formatted(String.join(",\n", entries));
    }
}
