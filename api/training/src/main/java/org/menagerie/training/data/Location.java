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
 * @param paths the pieces that are not options, in order; blank ones are left out
 * @param options every option that the kind knows, as given or by default
 */
public record Location(List<String> paths, Map<String, String> options) {
    /**
     * An option of a kind of data sets.
     *
     * @param byDefault its value where none is given; it need not be of the form
     * @param form a regular expression that valid values match
     * @param expected the form in words, for the error about other values
     */
    public record Option(String byDefault, String form, String expected) {}

    private static final Pattern OPTION = Pattern.compile("[a-zA-Z][a-zA-Z0-9_-]*");

    public Location {
        paths = List.copyOf(paths);
        options = Map.copyOf(options);
    }

    /**
     * Reads a location.
     *
     * @param kind the name of the kind of data sets, for errors
     * @param text what follows the colon
     * @param known the kind's options by name
     * @throws DataSpecificationException if an option is unknown or its value is not of its form
     */
    public static Location of(String kind, String text, Map<String, Option> known) {
        Map<String, String> options = new TreeMap<>();
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
                options.put(pair[0], pair[1]);
            } else {
                throw new DataSpecificationException(
                        "Data set '%s' has %s=%s; expected %s".formatted(kind, pair[0], pair[1], option.expected()));
            }
        }
        return new Location(paths, options);
    }

    /**
     * Returns the one path of a kind that takes no options. A path that exists may hold commas.
     *
     * @throws DataSpecificationException if options are given
     */
    public static Path single(String kind, String text) {
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

    /**
     * Returns the value of an option.
     *
     * @throws IllegalArgumentException if the kind does not know the option
     */
    public String option(String name) {
        String value = options.get(name);
        if (value == null) {
            throw new IllegalArgumentException("No option '%s' among %s".formatted(name, options.keySet()));
        }
        return value;
    }

    /** Returns the value of an option whose form is a whole number. */
    public int number(String name) {
        return Integer.parseInt(option(name));
    }
}
