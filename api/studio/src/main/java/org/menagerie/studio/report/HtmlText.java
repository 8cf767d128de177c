package org.menagerie.studio.report;

/** Text in HTML, between tags or in a quoted attribute. */
final class HtmlText {
    private HtmlText() {}

    /** The text with what HTML would read as its own escaped; control characters and halves of pairs are shown as U+FFFD. */
    static String escaped(String text) {
        StringBuilder html = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '"' -> html.append("&quot;");
                case '\'' -> html.append("&#39;");
                default -> html.appendCodePoint(shown(c) ? c : 0xFFFD);
            }
        });
        return html.toString();
    }

    /** Marks that turn the direction of text could make a name look like another. */
    private static boolean shown(int c) {
        boolean direction = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
        return !Character.isISOControl(c) && !direction && !(c >= 0xD800 && c <= 0xDFFF);
    }
}
