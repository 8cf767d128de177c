package org.menagerie.runtime;

import java.net.URL;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.menagerie.spi.ZooHome;

/**
 * ONNX Runtime's native libraries, unpacked from its jar once per version into {@code
 * native/onnxruntime-<version>-<flavour>} of {@link ZooHome}, where later starts find them.
 *
 * <p>The CUDA provider, ten times as large as the rest, is unpacked when CUDA is first tried. A property {@code
 * onnxruntime.native.path} that is already set is left alone. Nothing here initializes a class of ONNX Runtime: that would
 * load its libraries its own way, and a failure could not be mended in this process.
 */
final class NativeLibraries {
    /** The property by which ONNX Runtime's loader takes its libraries from a folder. */
    private static final String PATH_PROPERTY = "onnxruntime.native.path";

    /** {@code providers_shared} first: the others need it. Not every build has it. */
    private static final List<String> CORE =
            List.of("onnxruntime_providers_shared", "onnxruntime", "onnxruntime4j_jni");

    private static final String CUDA = "onnxruntime_providers_cuda";

    /** The folder of ours that this process loads from, once it is known. */
    private static volatile @Nullable Path chosen;

    private NativeLibraries() {}

    /** Unpacks what the CPU needs, unless it is there, and points ONNX Runtime to it. */
    static void prepare() {
        Path folder = folder();
        boolean ours = System.getProperty(PATH_PROPERTY) == null
                || (chosen != null && String.valueOf(chosen).equals(System.getProperty(PATH_PROPERTY)));
        if (ours && folder != null) {
            unpack(folder, CORE);
            System.setProperty(PATH_PROPERTY, folder.toString());
            chosen = folder;
        }
    }

    /** Unpacks the CUDA provider beside the rest, unless it is there or the libraries are not ours. */
    static void prepareCuda() {
        Path folder = chosen;
        if (folder != null && folder.toString().equals(System.getProperty(PATH_PROPERTY))) {
            unpack(folder, List.of(CUDA));
        }
    }

    /** The files that ONNX Runtime will load first, in that order; some may not exist. */
    static List<Path> core() {
        return CORE.stream()
                .map(library -> Path.of(location()).resolve(fileName(library)))
                .toList();
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
        String version = OrtClasses.version();
        if (resource("onnxruntime") == null || version == null) {
            return null;
        }
        return ZooHome.natives()
                .resolve("onnxruntime-%s-%s-%s".formatted(version, hasCuda() ? "gpu" : "cpu", platform()));
    }

    static void unpack(Path folder, List<String> libraries) {
        Map<String, URL> files = new LinkedHashMap<>();
        for (String library : libraries) {
            URL resource = resource(library);
            if (resource != null) {
                files.put(fileName(library), resource);
            }
        }
        Unpacking.into(folder, "ONNX Runtime's native libraries", files);
    }

    private static @Nullable URL resource(String library) {
        return OrtClasses.resource("/ai/onnxruntime/native/" + platform() + "/" + fileName(library));
    }

    private static String fileName(String library) {
        return System.mapLibraryName(library).replace(".jnilib", ".dylib");
    }

    /** The name of this platform's folder in ONNX Runtime's jar. */
    static String platform() {
        String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        String system =
                name.contains("mac") || name.contains("darwin") ? "osx" : name.contains("win") ? "win" : "linux";
        return system + "-" + (arch.equals("amd64") || arch.equals("x86_64") ? "x64" : arch);
    }
}
