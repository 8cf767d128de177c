package org.menagerie.runtime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.menagerie.spi.DeviceUnavailableException;

/** Whether CUDA can be used here, and what is missing where it cannot. */
final class Cuda {
    /** How the dynamic linkers of Linux and Windows name the library that they did not find. */
    private static final Pattern MISSING =
            Pattern.compile("(\\S+\\.so[.\\d]*): cannot open shared object|depends on \"([^\"]+\\.dll)\"");

    private Cuda() {}

    /**
     * Lets a session run on CUDA.
     *
     * @throws DeviceUnavailableException naming the library that is missing and the remedy
     */
    static void addTo(OrtSession.SessionOptions options, int index) {
        OrtEnvironment environment = Ort.environment();
        if (!OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA)) {
            throw new DeviceUnavailableException(
                    "CUDA cannot be used because the ONNX Runtime %s on the class path is the CPU build; depend on org.menagerie:menagerie-cuda in place of menagerie-cpu, or choose the device cpu"
                            .formatted(environment.getVersion()));
        }
        NativeLibraries.prepareCuda();
        try {
            options.addCUDA(index);
        } catch (OrtException e) {
            throw new DeviceUnavailableException(
                    "CUDA cannot be used because %s; install CUDA 12 and cuDNN 9, put their libraries on %s, or choose the device cpu"
                            .formatted(missing(e), isWindows() ? "PATH" : "LD_LIBRARY_PATH"),
                    e);
        }
    }

    /** A session on CUDA was refused after its provider had loaded. */
    static DeviceUnavailableException refused(Device device, OrtException cause) {
        return new DeviceUnavailableException(
                "Device %s cannot be used: %s; check the driver with nvidia-smi, or choose the device cpu"
                        .formatted(device, Ort.reason(cause)),
                cause);
    }

    /** Why CUDA cannot be used, as far as that shows without loading its 580 MB; empty if it is worth a try. */
    static Optional<String> obstacle() {
        OrtEnvironment environment = Ort.environment();
        if (!OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA)) {
            return Optional.of(
                    "the ONNX Runtime %s on the class path is the CPU build".formatted(environment.getVersion()));
        }
        if (!isWindows() && !Files.exists(Path.of("/dev/nvidiactl")) && !Files.exists(Path.of("/dev/dxg"))) {
            return Optional.of("no NVIDIA driver is loaded (/dev/nvidiactl is missing), so libcuda.so.1 cannot work");
        }
        return Optional.empty();
    }

    /** The number of GPUs as the driver lists them; 1 where it does not. */
    static int count() {
        try (Stream<Path> gpus = Files.list(Path.of("/proc/driver/nvidia/gpus"))) {
            return Math.max(1, (int) gpus.count());
        } catch (IOException e) {
            return 1;
        }
    }

    /**
     * What keeps the provider from loading. ONNX Runtime writes that to its log only; registering the provider as a
     * library fails in the same way and says why.
     */
    private static String missing(OrtException failure) {
        String probe = "menagerie-cuda-probe";
        try {
            OrtEnvironment environment = Ort.environment();
            environment.registerExecutionProviderLibrary(
                    probe, NativeLibraries.cudaProvider().toString());
            environment.unregisterExecutionProviderLibrary(probe);
            return Ort.reason(failure);
        } catch (OrtException e) {
            return missingLibrary(Ort.reason(e));
        }
    }

    static String missingLibrary(String message) {
        Matcher matcher = MISSING.matcher(message);
        if (!matcher.find()) {
            return "ONNX Runtime says '" + message + "'";
        }
        return (matcher.group(1) != null ? matcher.group(1) : matcher.group(2)) + " cannot be loaded";
    }

    private static boolean isWindows() {
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
    }
}
