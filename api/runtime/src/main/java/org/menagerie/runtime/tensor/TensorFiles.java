package org.menagerie.runtime.tensor;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** File names for a network's outputs: of harmless characters, and no two alike, also where case does not count. */
public final class TensorFiles {
    private static final int LONGEST = 100;

    private TensorFiles() {}

    /** A file for each output; an output whose name is harmless has {@code NAME.npy}. */
    public static Map<String, Path> of(Collection<String> outputs, Path folder) {
        Map<String, Path> files = new LinkedHashMap<>();
        Set<String> taken = new HashSet<>();
        // Names that need no change come first, so that no other output takes their files.
        for (boolean harmless : new boolean[] {true, false}) {
            for (String output : outputs) {
                if (harmless(output).equals(output) == harmless && !files.containsKey(output)) {
                    files.put(output, folder.resolve(free(harmless(output), taken)));
                }
            }
        }
        return files;
    }

    private static String harmless(String output) {
        String name = output.replaceAll("[^A-Za-z0-9._-]", "_").replaceFirst("^\\.", "_");
        return name.isEmpty() ? "_" : name.substring(0, Math.min(LONGEST, name.length()));
    }

    private static String free(String name, Set<String> taken) {
        String file = name + ".npy";
        for (int number = 2; !taken.add(file.toLowerCase(Locale.ROOT)); number++) {
            file = name + "-" + number + ".npy";
        }
        return file;
    }
}
