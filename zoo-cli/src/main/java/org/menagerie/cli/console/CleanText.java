package org.menagerie.cli.console;

/**
 * Text freed of control characters, which could recolour or rewrite a terminal, or pass for a line of the command's own.
 * Each is shown as {@code \}{@code u001b} and so on, which in JSON means the same character as before.
 */
public final class CleanText {
    private CleanText() {}

    /** Text that stays in one line. */
    public static String line(String text) {
        return cleaned(text, false);
    }

    /** Text that may have several lines; a carriage return may begin it, as it does where a line is drawn over itself. */
    public static String lines(String text) {
        return cleaned(text, true);
    }

    private static String cleaned(String text, boolean lines) {
        int at = 0;
        while (at < text.length() && !escaped(text, at, lines)) {
            at++;
        }
        if (at == text.length()) {
            return text;
        }
        StringBuilder clean = new StringBuilder(text.length() + 16).append(text, 0, at);
        for (; at < text.length(); at++) {
            if (escaped(text, at, lines)) {
                clean.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    clean.append(Character.forDigit((text.charAt(at) >> shift) & 0xf, 16));
                }
            } else {
                clean.append(text.charAt(at));
            }
        }
        return clean.toString();
    }

    private static boolean escaped(String text, int at, boolean lines) {
        char c = text.charAt(at);
        if (c == '\t') {
            return false;
        }
        if (lines && (c == '\n' || c == '\r')) {
            return c == '\r' && at > 0 && !text.startsWith("\n", at + 1);
        }
        // C0 and C1 controls, separators of lines and paragraphs, and what turns the direction of writing.
        return c < ' '
                || (c >= 0x7f && c < 0xa0)
                || c == 0x2028
                || c == 0x2029
                || (c >= 0x202a && c <= 0x202e)
                || (c >= 0x2066 && c <= 0x2069);
    }
}
