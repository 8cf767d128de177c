package org.menagerie.hub.card;

import org.menagerie.spi.CardException;
import org.menagerie.spi.PlainText;

/**
 * A card's two halves.
 *
 * @param yaml what stands between the two {@code ---} lines
 * @param prose what stands below them
 */
record FrontMatter(String yaml, String prose) {
    private static final String FENCE = "---";

    static FrontMatter split(String file, String text) {
        String unix = PlainText.withoutMark(text).replace("\r\n", "\n");
        if (!unix.startsWith(FENCE + "\n")) {
            throw new CardException(
                    "Card %s, line 1: expected a line '---' that opens the front matter".formatted(file));
        }
        int start = FENCE.length() + 1;
        int end = unix.startsWith(FENCE + "\n", start) ? start : closing(unix, start);
        if (end < 0) {
            throw new CardException(
                    "Card %s, line %d: expected a line '---' that closes the front matter, found the end of the file"
                            .formatted(file, unix.lines().count()));
        }
        String prose = unix.substring(Math.min(unix.length(), end + FENCE.length()));
        return new FrontMatter(unix.substring(start, end), prose.strip());
    }

    /** The index of the first line after {@code from} that is the fence alone, or -1. */
    private static int closing(String text, int from) {
        for (int at = text.indexOf("\n" + FENCE, from); at >= 0; at = text.indexOf("\n" + FENCE, at + 1)) {
            int after = at + 1 + FENCE.length();
            if (after == text.length() || text.charAt(after) == '\n') {
                return at + 1;
            }
        }
        return -1;
    }
}
