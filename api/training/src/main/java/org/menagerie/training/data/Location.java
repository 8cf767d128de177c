package org.menagerie.training.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What follows the colon of a data set's specification: pieces between commas, some of them options like {@code size=448}.
 *
 * @param paths the pieces that are no options, in order; blank ones are left out
 * @param options every option the kind knows, as given or by default
 */
record Location(List<String> paths, Map<String, Integer> options) {
    /**
     * An option of a kind of data sets.
     *
     * @param form regular expression of a valid number
     * @param expected the same in words
     */
    record Option(int byDefault, String form, String expected) {}

    private static final Pattern OPTION = Pattern.compile("[a-zA-Z][a-zA-Z0-9_-]*");

    /** @throws DataSpecificationException if an option is unknown or its number is not of its form */
    static Location of(String kind, String text, Map<String, Option> known) {
        Map<String, Integer> options = new TreeMap<>();
        known.forEach((name, option) -> options.put(name, option.byDefault()));
        List<String> paths = new ArrayList<>();
        for (String piece : text.split(",", -1)) {
            String[] pair = piece.split("=", 2);
            Option option = known.get(pair[0]);
            if (pair.length < 2 || option == null) {
                requirePath(kind, piece, pair[0], known);
                if (!piece.isBlank()) {
                    paths.add(piece);
                }
            } else if (pair[1].matches(option.form())) {
                options.put(pair[0], Integer.valueOf(pair[1]));
            } else {
                throw new DataSpecificationException(
                        "Data set '%s' has %s=%s; expected %s".formatted(kind, pair[0], pair[1], option.expected()));
            }
        }
        return new Location(paths, options);
    }

    /**
     * The one path of a kind that takes no options; a path that exists may hold commas.
     *
     * @throws DataSpecificationException if options are given
     */
    static Path single(String kind, String text) {
        Path path = Path.of(text);
        if (!Files.exists(path)) {
            List<String> paths = of(kind, text, Map.of()).paths();
            return Path.of(paths.size() == 1 ? paths.get(0) : text);
        }
        return path;
    }

    /** Fails if a piece looks like an option that the kind does not have, and no file is so called. */
    private static void requirePath(String kind, String piece, String name, Map<String, Option> known) {
        if (piece.contains("=") && OPTION.matcher(name).matches() && !Files.exists(Path.of(piece))) {
            throw new DataSpecificationException("Data set '%s' has no option '%s'; it %s"
                    .formatted(
                            kind,
                            name,
                            known.isEmpty()
                                    ? "takes none"
                                    : "has " + known.keySet().stream().sorted().collect(Collectors.joining(", "))));
        }
    }

    int option(String name) {
        return options.getOrDefault(name, 0);
    }
}
