package org.menagerie.vision;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The text in a picture.
 *
 * @param lines from top to bottom, and from left to right where they stand side by side
 */
public record RecognizedText(List<Line> lines) {
    public RecognizedText {
        lines = List.copyOf(lines);
    }

    /**
     * A line of text.
     *
     * @param text what it says
     * @param score how sure the recognizer is, 0 to 1
     * @param corners around it: its first character's top left, then clockwise as one reads
     */
    public record Line(String text, double score, List<Corner> corners) {
        public Line {
            corners = List.copyOf(corners);
            if (corners.size() != 4) {
                throw new IllegalArgumentException("A line has 4 corners, not %d".formatted(corners.size()));
            }
        }

        /** For example {@code 0.98 (24,21) Men may seem}. */
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%.2f (%.0f,%.0f) %s",
                    score,
                    corners.get(0).x(),
                    corners.get(0).y(),
                    text);
        }
    }

    /**
     * A corner.
     *
     * @param x pixels from the picture's left edge
     * @param y pixels from the picture's top edge
     */
    public record Corner(double x, double y) {}

    /** The lines' texts, one a line. */
    public String text() {
        return lines.stream().map(Line::text).collect(Collectors.joining("\n"));
    }

    /** A line each; {@code no text} where there is none. */
    @Override
    public String toString() {
        return lines.isEmpty() ? "no text" : lines.stream().map(Line::toString).collect(Collectors.joining("\n"));
    }
}
