package org.menagerie.runtime;

import com.sun.jna.Library;
import com.sun.jna.NativeLibrary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.menagerie.spi.NativeFolder;
import org.menagerie.spi.ZooException;

/**
 * Looks for what would keep ONNX Runtime from loading before any of its classes is initialized. A class whose initializer
 * fails is lost for the process; what is found here can be mended and tried again.
 */
final class Preflight {
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
                NativeFolder.requireExecutable(library);
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
