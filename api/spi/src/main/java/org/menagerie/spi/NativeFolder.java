package org.menagerie.spi;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Says before a native library is loaded whether its folder allows that. */
public final class NativeFolder {
    private static final Path MOUNTS = Path.of("/proc/self/mounts");

    private NativeFolder() {}

    /**
     * Requires that the file system lets native code be loaded. Where the system does not say, it does.
     *
     * @param file a library, or the folder it will lie in; neither needs to exist yet
     * @throws ZooException if it is mounted with {@code noexec}
     */
    public static void requireExecutable(Path file) {
        mountWithoutExecution(file).ifPresent(mount -> {
            throw new ZooException(
                    "Native libraries cannot be loaded from %s because %s is mounted with noexec; set %s to a folder on another file system, or have %s mounted with exec"
                            .formatted(file, mount, ZooHome.VARIABLE, mount));
        });
    }

    private static Optional<String> mountWithoutExecution(Path file) {
        Path existing = file.toAbsolutePath();
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        try {
            return Files.isReadable(MOUNTS)
                    ? mountWithoutExecution(existing.toRealPath(), Files.readString(MOUNTS, StandardCharsets.UTF_8))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * The mount point of a file, if it is mounted with {@code noexec}.
     *
     * @param mounts as {@code /proc/self/mounts} lists them; a later line covers an earlier one
     */
    static Optional<String> mountWithoutExecution(Path file, String mounts) {
        String found = "";
        boolean executable = true;
        for (String line : mounts.lines().toList()) {
            String[] fields = line.split(" ");
            if (fields.length < 4) {
                continue;
            }
            String mount = unescaped(fields[1]);
            if (file.startsWith(Path.of(mount)) && mount.length() >= found.length()) {
                found = mount;
                executable = !List.of(fields[3].split(",")).contains("noexec");
            }
        }
        return executable ? Optional.empty() : Optional.of(found);
    }

    /** The kernel writes blanks and backslashes as three octal digits. */
    private static String unescaped(String field) {
        return field.replace("\\040", " ")
                .replace("\\011", "\t")
                .replace("\\012", "\n")
                .replace("\\134", "\\");
    }
}
