package org.menagerie.cli.console;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Scanner;
import java.util.concurrent.TimeUnit;

/** How wide the terminal is. */
public final class Terminal {
    private static final int DEFAULT_COLUMNS = 80;
    private static final long FRESH_NANOS = 3_000_000_000L;
    private static final File DEVICE = new File("/dev/tty");

    private static int known;
    private static long askedAt;

    private Terminal() {}

    /** Columns of a table on standard output: those of the terminal, and no limit for a file or a pipe. */
    static int outColumns() {
        return Boolean.getBoolean("menagerie.terminal.out") ? columns() : Integer.MAX_VALUE;
    }

    /**
     * Columns of the terminal: what {@code COLUMNS} in the environment says, else what the terminal says, else 80. The
     * terminal is asked again after some seconds, because windows change their size.
     */
    public static synchronized int columns() {
        int stated = number(System.getenv().getOrDefault("COLUMNS", ""));
        if (stated > 0) {
            return stated;
        }
        long now = System.nanoTime();
        if (known == 0 || now - askedAt > FRESH_NANOS) {
            int asked = ask();
            known = asked > 0 ? asked : DEFAULT_COLUMNS;
            askedAt = now;
        }
        return known;
    }

    /** What {@code stty size} prints of the controlling terminal, such as {@code 24 80}; 0 if there is none. */
    private static int ask() {
        if (!DEVICE.exists()) {
            return 0;
        }
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(DEVICE)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (Scanner answer = new Scanner(stty.getInputStream(), StandardCharsets.US_ASCII)) {
                if (!stty.waitFor(1, TimeUnit.SECONDS)) {
                    stty.destroy();
                    return 0;
                }
                answer.next();
                return number(answer.next());
            }
        } catch (IOException | RuntimeException e) {
            return 0; // no stty, or no terminal: the default is used
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private static int number(String text) {
        return text.matches("[1-9]\\d{0,4}") ? Integer.parseInt(text) : 0;
    }
}
