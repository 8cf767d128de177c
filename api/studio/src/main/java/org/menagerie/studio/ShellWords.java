package org.menagerie.studio;

import java.util.List;
import java.util.stream.Collectors;

/** Command lines as a shell reads them. */
public final class ShellWords {
    private ShellWords() {}

    /** The words as one line; those that a shell would change are quoted. */
    public static String line(List<String> words) {
        return words.stream()
                .map(word -> word.matches("[\\w@%+=:,./~-]+") ? word : "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
    }
}
