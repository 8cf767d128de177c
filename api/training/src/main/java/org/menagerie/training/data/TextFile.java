package org.menagerie.training.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.menagerie.spi.IntegrityException;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.weights.Sha256;

/**
 * A text in UTF-8, plain or compressed by gzip, character by character: {@code text:FILE,length=128}. The text is cut into 100
 * blocks; of each 20, the 19th is validation, the 20th test. Characters that the training part has less than 10 times become the
 * replacement character, the first label. Segments of {@code length} characters, 256 unless stated, are trained on; the other parts
 * always have segments of 256.
 *
 * <p>{@code jargon} is the Jargon File 4.4.7 (public domain), which Debian's package {@code jargon-text} puts on the machine.
 */
public final class TextFile implements DatasetKind {
    private static final Path DEBIAN = Path.of("/usr/share/doc/jargon-text/jargon.txt.gz");
    private static final String JARGON = "40dfb4b98191a670a09a183d5798d50f243d23fdbd1495dcc0aca2ce5895ba97";
    private static final int SEGMENT = 256;
    private static final int BLOCKS = 100;
    private static final int CYCLE = 20;
    private static final int RARE = 10;
    private static final String UNKNOWN = "\uFFFD";
    private static final Map<String, Location.Option> OPTIONS = Map.of(
            "length", new Location.Option(String.valueOf(SEGMENT), "[1-9]\\d{0,5}", "a number of characters from 1"));

    private final String name;
    private final @Nullable Path installed;
    private final @Nullable String sha256;

    private TextFile(String name, @Nullable Path installed, @Nullable String sha256) {
        this.name = name;
        this.installed = installed;
        this.sha256 = sha256;
    }

    /** The Jargon File where Debian puts it, or another place of the same bytes. */
    public static TextFile jargon() {
        return new TextFile("jargon", DEBIAN, JARGON);
    }

    /** Any file, which must be named. */
    public static TextFile anyFile() {
        return new TextFile("text", null, null);
    }

    @Override
    public Splits open(String location, DataFiles files) {
        Location stated = Location.of(name, location, OPTIONS);
        if (stated.paths().size() > 1 || (stated.paths().isEmpty() && installed == null)) {
            throw new DataSpecificationException(
                    "Data set '%s' takes one file, as %s:FILE or %s:FILE,length=128; found '%s'"
                            .formatted(name, name, name, location));
        }
        Path file = stated.paths().isEmpty() && installed != null
                ? installed
                : Path.of(stated.paths().get(0));
        List<String> characters = characters(file);
        Map<String, List<String>> parts = parts(characters);
        List<String> labels = labels(parts.getOrDefault("train", List.of()));
        return new Splits(
                part("train", parts, labels, stated.number("length"), file),
                part("validation", parts, labels, SEGMENT, file),
                part("test", parts, labels, SEGMENT, file));
    }

    private List<String> characters(Path file) {
        if (!Files.exists(file)) {
            throw new InvalidInputException(
                    file.equals(installed)
                            ? "The Jargon File was not found: install Debian's package jargon-text, or name its jargon.txt.gz as %s:FILE"
                                    .formatted(name)
                            : "Text '%s' does not exist".formatted(file));
        }
        byte[] bytes;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            in.mark(2);
            boolean compressed = in.read() == 0x1f && in.read() == 0x8b;
            in.reset();
            bytes = compressed ? new GZIPInputStream(in).readAllBytes() : in.readAllBytes();
        } catch (IOException e) {
            throw new InvalidInputException("Text '%s' cannot be read: %s".formatted(file, e.getMessage()), e);
        }
        if (sha256 != null && !Sha256.of(bytes).equals(sha256)) {
            throw new IntegrityException(
                    "'%s' is not the Jargon File 4.4.7: its text has SHA-256 %s; expected %s. Other texts open as text:FILE"
                            .formatted(file, Sha256.of(bytes), sha256));
        }
        return new String(bytes, StandardCharsets.UTF_8)
                .codePoints()
                .mapToObj(Character::toString)
                .toList();
    }

    private static Map<String, List<String>> parts(List<String> characters) {
        Map<String, List<String>> parts = new TreeMap<>();
        for (int block = 0; block < BLOCKS; block++) {
            int from = (int) ((long) characters.size() * block / BLOCKS);
            int to = (int) ((long) characters.size() * (block + 1) / BLOCKS);
            String part = switch (block % CYCLE) {
                case CYCLE - 2 -> "validation";
                case CYCLE - 1 -> "test";
                default -> "train";
            };
            parts.computeIfAbsent(part, key -> new ArrayList<>()).addAll(characters.subList(from, to));
        }
        return parts;
    }

    private static List<String> labels(List<String> train) {
        Map<String, Integer> counts = new TreeMap<>();
        train.forEach(character -> counts.merge(character, 1, Integer::sum));
        List<String> labels = new ArrayList<>(List.of(UNKNOWN));
        counts.forEach((character, count) -> {
            if (count >= RARE && !character.equals(UNKNOWN)) {
                labels.add(character);
            }
        });
        return labels;
    }

    private Dataset part(String part, Map<String, List<String>> parts, List<String> labels, int length, Path file) {
        List<String> characters = parts.getOrDefault(part, List.of());
        if (characters.size() <= length) {
            throw new InvalidInputException("The %s part of '%s' has %,d characters; a segment needs %,d"
                    .formatted(part, file, characters.size(), length + 1));
        }
        Map<String, Integer> index = new TreeMap<>();
        labels.forEach(label -> index.put(label, index.size()));
        int[] tokens = characters.stream()
                .mapToInt(character -> index.getOrDefault(character, 0))
                .toArray();
        return new TextSegments(name + "/" + part, tokens, length, labels);
    }
}
