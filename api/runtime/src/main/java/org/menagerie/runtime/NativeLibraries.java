package org.menagerie.runtime;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.menagerie.spi.ZooException;
import org.menagerie.spi.ZooHome;

/**
 * ONNX Runtime's native libraries, unpacked from its jar once per version into {@code
 * native/onnxruntime-<version>-<flavour>} of {@link ZooHome}, where later starts find them.
 *
 * <p>A library appears under its name in one step, whole, so that a killed process leaves nothing that looks whole; a
 * file lock keeps several processes from unpacking at once. The CUDA provider, ten times as large as the rest, is
 * unpacked when CUDA is first tried. A property {@code onnxruntime.native.path} that is already set is left alone.
 */
final class NativeLibraries {
    /** The property by which ONNX Runtime's loader takes its libraries from a folder. */
    private static final String PATH_PROPERTY = "onnxruntime.native.path";

    /** {@code providers_shared} first: the others need it. Not every build has it. */
    private static final List<String> CORE =
            List.of("onnxruntime_providers_shared", "onnxruntime", "onnxruntime4j_jni");

    private static final String CUDA = "onnxruntime_providers_cuda";

    private NativeLibraries() {}

    /** Unpacks what the CPU needs, unless it is there, and points ONNX Runtime to it. */
    static void prepare() {
        Path folder = folder();
        if (System.getProperty(PATH_PROPERTY) == null && folder != null) {
            unpack(folder, CORE);
            System.setProperty(PATH_PROPERTY, folder.toString());
        }
    }

    /** Unpacks the CUDA provider beside the rest, unless it is there or the libraries are not ours. */
    static void prepareCuda() {
        Path folder = folder();
        if (folder != null && folder.toString().equals(System.getProperty(PATH_PROPERTY))) {
            unpack(folder, List.of(CUDA));
        }
    }

    /** The CUDA provider's file, whether or not it was unpacked. */
    static Path cudaProvider() {
        return Path.of(location()).resolve(fileName(CUDA));
    }

    /** Whether this jar is the GPU build. */
    static boolean hasCuda() {
        return resource(CUDA) != null;
    }

    /** Where the libraries are loaded from, for display. */
    static String location() {
        String path = System.getProperty(PATH_PROPERTY);
        Path folder = folder();
        return path != null ? path : folder != null ? folder.toString() : System.getProperty("java.library.path", "");
    }

    /** Our folder for this build; null when the jar has no library for this platform and the system must have one. */
    private static @Nullable Path folder() {
        String version = OrtEnvironment.class.getPackage().getImplementationVersion();
        if (resource("onnxruntime") == null || version == null) {
            return null;
        }
        return ZooHome.resolve()
                .resolve("native")
                .resolve("onnxruntime-%s-%s-%s".formatted(version, hasCuda() ? "gpu" : "cpu", platform()));
    }

    static void unpack(Path folder, List<String> libraries) {
        if (libraries.stream().allMatch(library -> isWhole(folder, library))) {
            return;
        }
        try {
            Files.createDirectories(folder);
            unpackLocked(folder, libraries);
        } catch (IOException e) {
            throw new ZooException(
                    "ONNX Runtime's native libraries cannot be unpacked into %s (%s); free space there or set %s to another folder"
                            .formatted(folder, e, ZooHome.VARIABLE),
                    e);
        }
    }

    private static synchronized void unpackLocked(Path folder, List<String> libraries) throws IOException {
        try (FileChannel channel =
                        FileChannel.open(folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            assert lock.isValid();
            removeLeftovers(folder);
            for (String library : libraries) {
                if (!isWhole(folder, library)) {
                    unpack(folder, library);
                }
            }
        }
    }

    /** Removes what a killed process left; called with the lock held, so nobody is writing it. */
    private static void removeLeftovers(Path folder) throws IOException {
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(folder, "*.part")) {
            for (Path leftover : leftovers) {
                Files.deleteIfExists(leftover);
            }
        }
    }

    private static void unpack(Path folder, String library) throws IOException {
        URL resource = resource(library);
        if (resource == null) {
            return;
        }
        Path target = folder.resolve(fileName(library));
        Path part = folder.resolve(fileName(library) + ".part");
        try (InputStream in = resource.openStream();
                FileChannel out = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            in.transferTo(Channels.newOutputStream(out));
            out.force(true);
        }
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** True of a library that this build lacks: there is nothing to unpack. */
    private static boolean isWhole(Path folder, String library) {
        URL resource = resource(library);
        if (resource == null) {
            return true;
        }
        try {
            Path file = folder.resolve(fileName(library));
            URLConnection connection = resource.openConnection();
            return Files.isRegularFile(file) && Files.size(file) == connection.getContentLengthLong();
        } catch (IOException e) {
            return false;
        }
    }

    private static @Nullable URL resource(String library) {
        return OrtEnvironment.class.getResource("/ai/onnxruntime/native/" + platform() + "/" + fileName(library));
    }

    private static String fileName(String library) {
        return System.mapLibraryName(library).replace(".jnilib", ".dylib");
    }

    /** The name of this platform's folder in ONNX Runtime's jar. */
    private static String platform() {
        String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        String system =
                name.contains("mac") || name.contains("darwin") ? "osx" : name.contains("win") ? "win" : "linux";
        return system + "-" + (arch.equals("amd64") || arch.equals("x86_64") ? "x64" : arch);
    }
}
