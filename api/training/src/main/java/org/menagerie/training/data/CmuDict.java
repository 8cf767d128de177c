package org.menagerie.training.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.ModelCard.Artifact;
import org.menagerie.spi.PlainText;
import org.menagerie.weights.Sha256;

/**
 * The CMU pronouncing dictionary as spellings and phonemes without stress: {@code cmudict:FILE}, where the file is {@code
 * index.js} of the npm package cmu-pronouncing-dictionary (ISC; the data public domain); {@code cmudict} asks {@link
 * DataFiles} for it.
 *
 * <p>Words of a to z and the apostrophe with at least one letter are kept; digits of stress and comments are dropped. A word
 * belongs to test, validation or train by h, the first 32 bits of the SHA-256 of the word modulo 1,000: below 95, below
 * 116, the rest. In train each pronunciation is an example; in the other parts each word is one, with its first pronunciation, and
 * {@link Pronunciations#all(int)} tells the others.
 */
public final class CmuDict implements DatasetKind {
    private static final String NAME = "cmudict";
    private static final Artifact PUBLISHED = new Artifact(
            "dictionary",
            "index.js",
            4_699_401,
            "ef8b2b976d2e5801b7541ebcc7714f538d1ffa0ebb28645259536e2666bd2948",
            List.of("npm:cmu-pronouncing-dictionary@3.0.0!/package/index.js"));
    private static final Pattern ENTRY = Pattern.compile("\\s*\"([^\"\\\\]+)\":\\s*\"([^\"\\\\]*)\",?\\s*");
    private static final Pattern FRAME = Pattern.compile("\\s*(/\\*\\*.*\\*/|export (const|default).*|}?;?)\\s*");
    private static final Pattern VARIANT = Pattern.compile("\\(\\d+\\)$");
    private static final Pattern WORD = Pattern.compile("'*[a-z][a-z']*");

    /** Words that a remark names. */
    private static final int SHOWN = 5;

    private enum Part {
        TRAIN,
        VALIDATION,
        TEST
    }

    @Override
    public Splits open(String location, DataFiles files) {
        Path file = file(location, files);
        Map<String, List<List<String>>> words = read(file, location.isEmpty() ? DataFiles.NONE : files);
        return new Splits(part(words, Part.TRAIN), part(words, Part.VALIDATION), part(words, Part.TEST));
    }

    /** Every word of a file of the user's; the published dictionary has a test part. */
    @Override
    public Optional<Dataset> whole(String location, DataFiles files) {
        if (location.isEmpty() || isPublished(file(location, files))) {
            return Optional.empty();
        }
        Path file = file(location, files);
        Map<String, List<List<String>>> words = read(file, files);
        return Optional.of(new Pronunciations(
                NAME + "/" + file.getFileName(),
                List.copyOf(words.keySet()),
                words.values().stream().map(List::copyOf).toList()));
    }

    private static boolean isPublished(Path file) {
        try {
            return Files.size(file) == PUBLISHED.size()
                    && Sha256.of(Files.readAllBytes(file)).equals(PUBLISHED.sha256());
        } catch (IOException e) {
            return false; // reading it again says why
        }
    }

    private static Path file(String location, DataFiles files) {
        return location.isEmpty()
                ? files.find(NAME, PUBLISHED)
                        .orElseThrow(() ->
                                new InvalidInputException("CMUdict was not found: name index.js of the npm package"
                                        + " cmu-pronouncing-dictionary@3.0.0 as cmudict:FILE"))
                : Location.single(NAME, location);
    }

    /** The pronunciations of each word that is kept, in the file's order; how many words are not is remarked. */
    private static Map<String, List<List<String>>> read(Path file, DataFiles remarks) {
        Map<String, List<List<String>>> words = new LinkedHashMap<>();
        Set<String> dropped = new LinkedHashSet<>();
        int number = 0;
        for (String line : lines(file)) {
            number++;
            Matcher entry = ENTRY.matcher(line);
            if (!entry.matches()) {
                if (FRAME.matcher(line).matches()) {
                    continue;
                }
                throw new InvalidInputException("%s, line %d: expected \"word\": \"P R AH0 N\", found '%s'"
                        .formatted(file, number, line.length() > 60 ? line.substring(0, 60) + "…" : line));
            }
            String word = VARIANT.matcher(entry.group(1)).replaceFirst("");
            if (WORD.matcher(word).matches()) {
                List<List<String>> known = words.computeIfAbsent(word, w -> new ArrayList<>());
                List<String> phonemes = phonemes(file, number, entry.group(2));
                if (!known.contains(phonemes)) {
                    known.add(phonemes);
                }
            } else {
                dropped.add(word);
            }
        }
        if (words.isEmpty()) {
            throw new InvalidInputException("%s holds no pronunciations%s"
                    .formatted(file, dropped.isEmpty() ? "" : " of words of a to z and the apostrophe"));
        }
        if (!dropped.isEmpty()) {
            remarks.remark(
                    "%s: %,d of %,d words are left out because they do not consist of a to z and the apostrophe: %s%s"
                            .formatted(
                                    file,
                                    dropped.size(),
                                    dropped.size() + words.size(),
                                    dropped.stream().limit(SHOWN).collect(Collectors.joining(", ")),
                                    dropped.size() > SHOWN ? ", …" : ""));
        }
        return words;
    }

    private static List<String> lines(Path file) {
        try {
            return PlainText.readLines(file);
        } catch (NoSuchFileException e) {
            throw new InvalidInputException("Dictionary %s does not exist".formatted(file), e);
        } catch (IOException e) {
            throw new InvalidInputException("Dictionary %s cannot be read: %s".formatted(file, e), e);
        }
    }

    private static List<String> phonemes(Path file, int number, String value) {
        int comment = value.indexOf('#');
        String spoken = (comment < 0 ? value : value.substring(0, comment)).strip();
        List<String> phonemes =
                Stream.of(spoken.split(" ")).map(CmuDict::withoutStress).toList();
        for (String phoneme : phonemes) {
            if (!Pronunciations.PHONEMES.contains(phoneme)) {
                throw new InvalidInputException(
                        "%s, line %d: '%s' is not one of the 39 phonemes".formatted(file, number, phoneme));
            }
        }
        return phonemes;
    }

    private static String withoutStress(String phoneme) {
        int last = phoneme.length() - 1;
        return last > 0 && Character.isDigit(phoneme.charAt(last)) ? phoneme.substring(0, last) : phoneme;
    }

    private static Dataset part(Map<String, List<List<String>>> words, Part part) {
        List<String> spellings = new ArrayList<>();
        List<List<List<String>>> pronunciations = new ArrayList<>();
        words.forEach((word, all) -> {
            if (partOf(word) != part) {
                return;
            }
            for (int first = 0; first < (part == Part.TRAIN ? all.size() : 1); first++) {
                List<List<String>> rotated = new ArrayList<>(all);
                Collections.rotate(rotated, -first);
                spellings.add(word);
                pronunciations.add(List.copyOf(rotated));
            }
        });
        return new Pronunciations(NAME + "/" + part.name().toLowerCase(Locale.ROOT), spellings, pronunciations);
    }

    private static Part partOf(String word) {
        byte[] hash = HexFormat.of().parseHex(Sha256.of(word.getBytes(StandardCharsets.UTF_8)));
        int h = Integer.remainderUnsigned(ByteBuffer.wrap(hash).getInt(), 1_000);
        return h < 95 ? Part.TEST : h < 116 ? Part.VALIDATION : Part.TRAIN;
    }
}
