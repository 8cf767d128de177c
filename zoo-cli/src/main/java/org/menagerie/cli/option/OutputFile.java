package org.menagerie.cli.option;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Where {@code --output} writes one file, whose extension tells its format. */
public final class OutputFile {
    private OutputFile() {}

    /**
     * Checks, before any work is done, that the file can be what its name says.
     *
     * @param extensions of the formats that are written
     * @return the file's extension, one of these
     */
    public static String of(CommonOptions common, Path file, String... extensions) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        if (Files.isDirectory(file)) {
            throw common.wrongUse("--output names a file; %s is a folder".formatted(file));
        }
        return List.of(extensions).stream()
                .filter(extension -> name.endsWith(extension) && name.length() > extension.length())
                .findFirst()
                .orElseThrow(() -> common.wrongUse(
                        "--output writes %s files; found '%s'".formatted(String.join(" and ", extensions), file)));
    }
}
