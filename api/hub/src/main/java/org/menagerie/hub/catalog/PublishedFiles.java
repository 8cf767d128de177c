package org.menagerie.hub.catalog;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.menagerie.hub.card.CardReader;
import org.menagerie.hub.card.CatalogIndex;
import org.menagerie.hub.source.Progress;
import org.menagerie.hub.source.SmallFile;
import org.menagerie.hub.source.Sources;
import org.menagerie.hub.source.Transfer;
import org.menagerie.hub.source.Unfinished;
import org.menagerie.hub.source.WebAddress;
import org.menagerie.spi.IntegrityException;
import org.menagerie.spi.OfflineException;
import org.menagerie.spi.ZooException;
import org.menagerie.weights.AtomicFile;
import org.menagerie.weights.Sha256;

/**
 * The files of one published catalog on this machine, {@code index.json} and {@code cards/HASH.md}, and how they are fetched.
 *
 * @param own the catalog's folder on this machine
 * @param location its URL, or {@code hf:org/repo@revision}
 */
record PublishedFiles(Path own, String location, Sources sources) {
    static final String INDEX = "index.json";
    private static final String CARDS = "cards";

    /** The address that its files' names are appended to. */
    static String base(String location) {
        String plain =
                location.endsWith("/" + INDEX) ? location.substring(0, location.length() - INDEX.length()) : location;
        return plain.endsWith("/") ? plain : plain + "/";
    }

    static CatalogIndex index(Path own) throws IOException {
        return CatalogIndex.parse(INDEX, SmallFile.read(own.resolve(INDEX), CatalogIndex.MAX_BYTES));
    }

    static String text(Path own, CatalogIndex.Entry entry) throws IOException {
        return SmallFile.read(card(own, entry), CardReader.MAX_BYTES);
    }

    private static Path card(Path own, CatalogIndex.Entry entry) {
        return own.resolve(CARDS).resolve(entry.sha256() + CardFile.SUFFIX);
    }

    /** Brings the cards first and the index last, so that what the index names is always here. */
    void fetch() throws IOException {
        requireSafe();
        Path fresh = own.resolve(INDEX + ".new");
        Files.createDirectories(own.resolve(CARDS));
        try {
            bring(INDEX, fresh, CatalogIndex.MAX_BYTES);
            CatalogIndex index = CatalogIndex.parse(INDEX, SmallFile.read(fresh, CatalogIndex.MAX_BYTES));
            Set<Path> kept = new HashSet<>();
            for (CatalogIndex.Entry entry : index.cards()) {
                kept.add(card(own, entry));
                if (!Files.exists(card(own, entry))) {
                    fetch(entry);
                }
            }
            AtomicFile.move(fresh, own.resolve(INDEX));
            try (Stream<Path> cards = Files.list(own.resolve(CARDS))) {
                for (Path card : cards.filter(c -> !kept.contains(c)).toList()) {
                    Files.deleteIfExists(card);
                }
            }
        } catch (OfflineException e) {
            throw new OfflineException(
                    "The catalog at %s cannot be fetched: the network may not be used".formatted(location), e);
        } finally {
            Unfinished.discard(fresh);
        }
    }

    private void fetch(CatalogIndex.Entry entry) throws IOException {
        Path part = own.resolve(CARDS).resolve(entry.sha256() + ".part");
        try {
            bring(entry.name() + CardFile.SUFFIX, part, CardReader.MAX_BYTES);
            if (!Sha256.of(part).equals(entry.sha256())) {
                throw new IntegrityException("The card %s of %s does not have the hash that the index states"
                        .formatted(entry.name(), location));
            }
            CardReader.read(entry.name(), SmallFile.read(part, CardReader.MAX_BYTES));
            AtomicFile.move(part, card(own, entry));
        } finally {
            Unfinished.discard(part);
        }
    }

    private void bring(String file, Path target, long most) throws IOException {
        Unfinished.discard(target);
        sources.fetch(base(location) + file, base(location), target, Transfer.upTo(file, most, Progress.NONE));
    }

    /** Nothing but the connection vouches for an index. */
    private void requireSafe() throws IOException {
        if (location.startsWith("http:")) {
            URI uri = WebAddress.parse(location);
            if (!Set.of("localhost", "127.0.0.1", "[::1]").contains(String.valueOf(uri.getHost()))) {
                throw new ZooException("A catalog needs https, found %s".formatted(location));
            }
        }
    }
}
