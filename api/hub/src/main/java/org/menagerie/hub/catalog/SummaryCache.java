package org.menagerie.hub.catalog;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32;
import org.menagerie.hub.card.CardReader;
import org.menagerie.hub.catalog.CardSummary.Content;
import org.menagerie.hub.source.SmallFile;
import org.menagerie.spi.CardException;
import org.menagerie.weights.AtomicFile;

/**
 * Summaries of cards that were read before, in one file of tab-separated lines, because reading a hundred cards' YAML takes
 * longer than all else that a listing does; also why a card could not be read, which may take as long to find out. A card whose
 * text has changed is not found. Thread-safe; losing the file costs time only.
 */
final class SummaryCache {
    /** Changes with the format, and with what makes a card valid. */
    private static final String HEADER = "menagerie summaries 2";

    private static final int MOST = 5_000;
    private static final int COLUMNS = 6;

    /** The last column, so that a line that was cut off is none. */
    private static final String END = ".";

    private static final int PROBLEM_COLUMNS = 3;

    private static final long MOST_BYTES = 64L << 20;

    private final Path file;
    private final Map<String, Known> known = new ConcurrentHashMap<>();
    private volatile boolean changed;

    /** What reading a card gave: a summary, or the sentence that says why there is none. */
    private record Known(Optional<CardSummary> summary, String problem) {}

    SummaryCache(Path file) {
        this.file = file;
        try {
            List<String> lines = Files.exists(file)
                    ? SmallFile.read(file, MOST_BYTES).lines().toList()
                    : List.of();
            if (!lines.isEmpty() && lines.get(0).equals(HEADER)) {
                lines.subList(1, lines.size()).forEach(this::learn);
            }
        } catch (IOException e) {
            // A listing without the cache is right as well.
            known.clear();
        }
    }

    private void learn(String line) {
        String[] columns = line.split("\t", -1);
        if (columns.length == PROBLEM_COLUMNS && columns[2].equals(END)) {
            known.put(columns[0], new Known(Optional.empty(), columns[1]));
            return;
        }
        if (columns.length != COLUMNS || !columns[5].equals(END)) {
            return;
        }
        List<Content> contents = new ArrayList<>();
        for (String content : columns[4].split(",")) {
            int colon = content.indexOf(':');
            if (colon < 1 || !content.substring(colon + 1).matches("\\d{1,18}")) {
                return;
            }
            contents.add(new Content(content.substring(0, colon), Long.parseLong(content.substring(colon + 1))));
        }
        Optional<String> architecture = columns[3].isEmpty() ? Optional.empty() : Optional.of(columns[3]);
        CardSummary summary = new CardSummary(columns[1], columns[2], architecture, contents);
        known.put(columns[0], new Known(Optional.of(summary), ""));
    }

    /**
     * The summary of a card, which is read and checked only if it is not known.
     *
     * @throws CardException if it could not be read, now or before
     */
    CardSummary of(CardFile card) {
        String text = card.text();
        Known found = known.get(key(card.name(), text));
        if (found == null) {
            found = read(card.name(), text);
            known.put(key(card.name(), text), found);
            changed = true;
        }
        String problem = found.problem();
        return found.summary().orElseThrow(() -> new CardException(problem));
    }

    private static Known read(String name, String text) {
        try {
            return new Known(Optional.of(CardSummary.of(CardReader.read(name, text))), "");
        } catch (CardException e) {
            return new Known(Optional.empty(), plain(String.valueOf(e.getMessage())));
        }
    }

    /** Name, length and 64 bits of hash: no protection against malice, which a card's own author needs no cache for. */
    private static String key(String name, String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return name
                + ' '
                + text.length()
                + ' '
                + Long.toHexString(crc.getValue())
                + ' '
                + Integer.toHexString(text.hashCode());
    }

    /** Writes the file anew if a card was read. */
    void save() {
        if (!changed) {
            return;
        }
        List<String> lines = new ArrayList<>(List.of(HEADER));
        known.entrySet().stream()
                .limit(MOST)
                .map(e -> line(e.getKey(), e.getValue()))
                .forEach(lines::add);
        try {
            AtomicFile.note(file, String.join("\n", lines) + "\n");
        } catch (IOException e) {
            // The next listing is as slow as this one.
            changed = true;
        }
    }

    private static String line(String key, Known known) {
        return known.summary()
                .map(summary -> line(key, summary))
                .orElseGet(() -> String.join("\t", key, known.problem(), END));
    }

    private static String line(String key, CardSummary summary) {
        List<String> contents = summary.contents().stream()
                .map(content -> content.sha256() + ':' + content.size())
                .toList();
        return String.join(
                "\t",
                key,
                plain(summary.task()),
                plain(summary.license()),
                plain(summary.architecture().orElse("")),
                String.join(",", contents),
                END);
    }

    /** Without the characters that mean something in the file. */
    private static String plain(String text) {
        return text.replaceAll("\\s+", " ");
    }
}
