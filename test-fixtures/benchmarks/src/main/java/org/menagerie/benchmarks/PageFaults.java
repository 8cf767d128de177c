package org.menagerie.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Counts how often this process touched a page of memory that the kernel first had to provide. */
final class PageFaults {
    private static final Path STAT = Path.of("/proc/self/stat");

    /** The field after the command's closing bracket that holds minor faults; see proc(5). */
    private static final int MINOR = 7;

    private PageFaults() {}

    /** Minor faults so far; 0 where the kernel does not say. */
    static long soFar() {
        try {
            String stat = Files.readString(STAT);
            return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[MINOR]);
        } catch (IOException e) {
            return 0;
        }
    }
}
