package org.menagerie.cli.console;

import java.io.PrintWriter;

/**
 * Where a command writes, freed of control characters.
 *
 * @param out results, and nothing else
 * @param err messages and progress
 */
public record Console(PrintWriter out, PrintWriter err) {
    /** True if a person watches messages: only then is anything drawn over itself. The launcher says so. */
    public static boolean errIsTerminal() {
        return Boolean.getBoolean("menagerie.terminal.err");
    }

    /** True if a person watches results. The launcher says so. */
    public static boolean outIsTerminal() {
        return Boolean.getBoolean("menagerie.terminal.out");
    }

    /** True if results may be coloured: on a terminal, unless {@code NO_COLOR} is set to anything. */
    public static boolean colours() {
        return outIsTerminal() && System.getenv().getOrDefault("NO_COLOR", "").isEmpty();
    }

    /** A message in one line on standard error. */
    public void say(String message) {
        err.println("zoo: " + message);
        err.flush();
    }
}
