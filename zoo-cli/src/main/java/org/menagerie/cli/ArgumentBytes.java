package org.menagerie.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Arguments that Java could not read. In a locale without UTF-8, such as that of a bare container, it makes a question mark
 * of every other letter, in texts and file names alike. The launcher sees to a fitting locale; this finds out where
 * something else started the command.
 */
final class ArgumentBytes {
    static final String REMEDY =
            "The locale has no letters beyond ASCII, so that arguments with such letters arrive garbled;"
                    + " start the command with the environment variable LC_ALL=C.UTF-8";

    private ArgumentBytes() {}

    /** True if an argument held other letters than the locale has. */
    static boolean lost() {
        String encoding = System.getProperty("sun.jnu.encoding", "UTF-8");
        if (!encoding.equals("ANSI_X3.4-1968") && !encoding.equals("US-ASCII") && !encoding.equals("646")) {
            return false;
        }
        try {
            byte[] line = Files.readAllBytes(Path.of("/proc/self/cmdline"));
            for (byte b : line) {
                if (b < 0) {
                    return true;
                }
            }
        } catch (IOException e) {
            return false; // no such file outside of Linux
        }
        return false;
    }
}
