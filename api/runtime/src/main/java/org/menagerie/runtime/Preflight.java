package org.menagerie.runtime;

import com.sun.jna.Library;
import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.menagerie.spi.ZooException;
import org.menagerie.spi.ZooHome;

/**
 * Looks for what would keep ONNX Runtime from loading before any of its classes is initialized. A class whose initializer
 * fails is lost for the process; what is found here can be mended and tried again.
 */
final class Preflight {
    private static final Path MOUNTS = Path.of("/proc/self/mounts");

    /** {@code RTLD_LAZY}: names stay local to the library. The value of Linux and macOS; Windows has no such flags. */
    private static final int LAZY = 1;

    /** Libraries that were opened; never closed, because ONNX Runtime goes on with them. */
    private static final List<NativeLibrary> OPENED = new ArrayList<>();

    private Preflight() {}

    /**
     * Requires that ONNX Runtime can be loaded from these files.
     *
     * @throws ZooException naming what is in the way and the remedy
     */
    static void check(List<Path> libraries) {
        requireTemporaryFolder();
        for (Path library : libraries) {
            if (Files.exists(library)) {
                requireExecutable(library);
            }
        }
        if (JnaLibrary.isStarted()) {
            libraries.stream().filter(Files::exists).forEach(Preflight::open);
        }
    }

    /** ONNX Runtime makes a folder there while it loads, and removes it. */
    private static void requireTemporaryFolder() {
        Path folder = Path.of(System.getProperty("java.io.tmpdir", "."));
        if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw new ZooException(
                    "ONNX Runtime needs a temporary folder while it loads, but %s %s; start Java with -Djava.io.tmpdir and a folder that can be written"
                            .formatted(folder, Files.isDirectory(folder) ? "cannot be written" : "does not exist"));
        }
    }

    /**
     * Requires that the file system lets native code be loaded.
     *
     * @throws ZooException if it is mounted with {@code noexec}
     */
    static void requireExecutable(Path file) {
        mountWithoutExecution(file).ifPresent(mount -> {
            throw new ZooException(
                    "Native libraries cannot be loaded from %s because %s is mounted with noexec; set %s to a folder on another file system, or have %s mounted with exec"
                            .formatted(file, mount, ZooHome.VARIABLE, mount));
        });
    }

    private static Optional<String> mountWithoutExecution(Path file) {
        try {
            return Files.isReadable(MOUNTS)
                    ? mountWithoutExecution(file.toRealPath(), Files.readString(MOUNTS, StandardCharsets.UTF_8))
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

    private static void open(Path library) {
        try {
            Map<String, Object> options = isWindows() ? Map.of() : Map.of(Library.OPTION_OPEN_FLAGS, LAZY);
            synchronized (OPENED) {
                OPENED.add(NativeLibrary.getInstance(library.toString(), options));
            }
        } catch (UnsatisfiedLinkError e) {
            throw new ZooException(
                    "ONNX Runtime's native library %s cannot be loaded: %s"
                            .formatted(
                                    library,
                                    String.valueOf(e.getMessage())
                                            .lines()
                                            .findFirst()
                                            .orElse("")),
                    e);
        }
    }

    private static boolean isWindows() {
        return NativeLibraries.platform().startsWith("win");
    }
}
