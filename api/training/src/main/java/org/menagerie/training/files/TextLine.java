package org.menagerie.training.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.PlainText;

/**
 * A line of a file of labelled texts.
 *
 * @param place the file and the number of the line, from 1
 */
record TextLine(String place, String label, String text) {
    /**
     * Reads the lines {@code label<TAB>text} of a file. Blank lines are left out; further tabs belong to the text.
     *
     * @throws InvalidInputException if the file cannot be read, a line has no tab, no label or no text, or there is no line
     */
    static List<TextLine> read(Path file) {
        List<TextLine> lines = new ArrayList<>();
        int number = 0;
        for (String line : text(file).lines().toList()) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            String place = "%s:%d".formatted(file, number);
            int tab = line.indexOf('\t');
            if (tab < 0
                    || line.substring(0, tab).isBlank()
                    || line.substring(tab + 1).isBlank()) {
                throw new InvalidInputException("%s is '%s'; expected a label, a tab and a text"
                        .formatted(place, line.length() > 60 ? line.substring(0, 60) + "…" : line));
            }
            lines.add(new TextLine(
                    place,
                    line.substring(0, tab).strip(),
                    line.substring(tab + 1).strip()));
        }
        if (lines.isEmpty()) {
            throw new InvalidInputException(file + " has no lines; expected a label, a tab and a text in each");
        }
        return lines;
    }

    private static String text(Path file) {
        try {
            return PlainText.decode(Files.readAllBytes(file), file.toString());
        } catch (IOException e) {
            throw new InvalidInputException(
                    Files.exists(file)
                            ? "Cannot read %s: %s".formatted(file, e.getMessage())
                            : "There is no file " + file,
                    e);
        }
    }
}
