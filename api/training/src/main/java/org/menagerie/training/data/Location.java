package org.menagerie.training.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.menagerie.spi.InvalidInputException;

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

    /** @throws InvalidInputException if an option's number is not of its form */
    static Location of(String kind, String text, Map<String, Option> known) {
        Map<String, Integer> options = new TreeMap<>();
        known.forEach((name, option) -> options.put(name, option.byDefault()));
        List<String> paths = new ArrayList<>();
        for (String piece : text.split(",", -1)) {
            String[] pair = piece.split("=", 2);
            Option option = known.get(pair[0]);
            if (pair.length < 2 || option == null) {
                if (!piece.isBlank()) {
                    paths.add(piece);
                }
            } else if (pair[1].matches(option.form())) {
                options.put(pair[0], Integer.valueOf(pair[1]));
            } else {
                throw new InvalidInputException(
                        "Data set '%s' has %s=%s; expected %s".formatted(kind, pair[0], pair[1], option.expected()));
            }
        }
        return new Location(paths, options);
    }

    int option(String name) {
        return options.getOrDefault(name, 0);
    }
}
