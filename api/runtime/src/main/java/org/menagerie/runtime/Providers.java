package org.menagerie.runtime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.menagerie.spi.DeviceUnavailableException;
import org.menagerie.spi.ZooException;

/** What this process can run graphs on. */
public final class Providers {
    private Providers() {}

    /**
     * ONNX Runtime as it is loaded here.
     *
     * @param version its version, for example {@code 1.29.0}
     * @param nativePath the folder of its native libraries
     * @param providers what sessions can ask for
     * @param telemetry whether ONNX Runtime collects telemetry
     */
    public record Report(String version, String nativePath, List<Provider> providers, Telemetry telemetry) {
        public Report {
            providers = List.copyOf(providers);
        }
    }

    /**
     * Whether ONNX Runtime collects telemetry in this process.
     *
     * @param off true if it was told not to before it started
     * @param wanted true if the user's environment asks for it
     * @param reason who decided so and how, or why it could not be switched off in time
     */
    public record Telemetry(boolean off, boolean wanted, String reason) {}

    /**
     * An execution provider.
     *
     * @param name the device's name: {@code cpu} or {@code cuda}
     * @param obstacle why it cannot be used; empty if it can
     */
    public record Provider(String name, Optional<String> obstacle) {
        public boolean usable() {
            return obstacle.isEmpty();
        }
    }

    /**
     * Loads ONNX Runtime and tries its providers; CUDA is listed even where this build lacks it.
     *
     * @throws ZooException if ONNX Runtime cannot be loaded
     */
    public static Report report() {
        OrtEnvironment environment = Ort.environment();
        return new Report(
                environment.getVersion(),
                NativeLibraries.location(),
                List.of(new Provider("cpu", Optional.empty()), new Provider("cuda", cudaObstacle())),
                org.menagerie.runtime.Telemetry.report());
    }

    /**
     * The devices that sessions can be opened on: the CPU, and the GPUs if CUDA can be used. Where the driver does not list
     * its GPUs, as on Windows, only the first is named.
     *
     * @throws ZooException if ONNX Runtime cannot be loaded
     */
    public static List<Device> devices() {
        List<Device> devices = new ArrayList<>(List.of(Device.CPU));
        Ort.environment();
        if (cudaObstacle().isEmpty()) {
            for (int index = 0; index < Cuda.count(); index++) {
                devices.add(Device.cuda(index));
            }
        }
        return List.copyOf(devices);
    }

    private static Optional<String> cudaObstacle() {
        Optional<String> obstacle = Cuda.obstacle();
        if (obstacle.isPresent()) {
            return obstacle;
        }
        try (OrtSession.SessionOptions settings = new OrtSession.SessionOptions()) {
            Cuda.addTo(settings, 0);
            return Optional.empty();
        } catch (DeviceUnavailableException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
