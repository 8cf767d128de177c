package org.menagerie.cli.console;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A writer that frees everything of control characters. What is printed with {@code println}, and each text that is put
 * into a format, stays in one line; {@code print} takes several lines.
 */
public final class CleanWriter extends PrintWriter {
    public CleanWriter(Writer out) {
        super(out, true);
    }

    @Override
    public void println(@Nullable String text) {
        super.println(CleanText.line(String.valueOf(text)));
    }

    @Override
    public void println(@Nullable Object value) {
        super.println(CleanText.line(String.valueOf(value)));
    }

    @Override
    public PrintWriter format(String format, @Nullable Object... arguments) {
        return super.format(Locale.ROOT, format, clean(arguments));
    }

    @Override
    public PrintWriter format(@Nullable Locale locale, String format, @Nullable Object... arguments) {
        return super.format(locale, format, clean(arguments));
    }

    private static @Nullable Object[] clean(@Nullable Object[] arguments) {
        @Nullable Object[] clean = arguments.clone();
        for (int i = 0; i < clean.length; i++) {
            Object argument = clean[i];
            if (!(argument instanceof Number) && !(argument instanceof Boolean) && argument != null) {
                clean[i] = CleanText.line(argument.toString());
            }
        }
        return clean;
    }

    @Override
    public void write(String text, int from, int count) {
        String clean = CleanText.lines(text.substring(from, from + count));
        super.write(clean, 0, clean.length());
    }

    @Override
    public void write(char[] text, int from, int count) {
        write(new String(text, from, count), 0, count);
    }

    @Override
    public void write(int character) {
        write(Character.toString((char) character), 0, 1);
    }
}
