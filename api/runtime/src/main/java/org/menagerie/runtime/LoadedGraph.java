package org.menagerie.runtime;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.menagerie.spi.DeviceUnavailableException;
import org.menagerie.spi.ZooException;
import org.menagerie.spi.ZooHome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A native session on the device that was chosen for it.
 *
 * @param session the native session
 * @param settings what it was made with; must outlive it
 * @param device where it runs, never {@link Device#AUTO}
 */
record LoadedGraph(OrtSession session, OrtSession.SessionOptions settings, Device device) implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OnnxSession.class);
    private static final AtomicBoolean FALLBACK_LOGGED = new AtomicBoolean();

    /**
     * Rewrites of ONNX Runtime 1.29 that change numbers. One takes every {@code Transpose} beside a {@code Gemm} for a
     * transposition of its matrix, whatever the permutation. The other turns zeros that {@code Pad} puts around a
     * {@code MaxPool} into the pool's own padding, which never wins, where a zero wins against negative elements.
     */
    private static final String WRONG_REWRITES = "GemmTransposeFusion;Pad_Fusion";

    /** Where the model's bytes come from. */
    interface Source {
        OrtSession create(OrtSession.SessionOptions settings) throws OrtException;
    }

    /**
     * Loads a graph onto the device that the options name.
     *
     * @param what the model as messages name it, for example {@code Model file /a/b.onnx}
     * @throws DeviceUnavailableException if CUDA was asked for and cannot be used
     * @throws ZooException if the model is not a graph that ONNX Runtime loads
     */
    static LoadedGraph load(String what, Source source, SessionOptions options) {
        Device device = options.device();
        try {
            return switch (device.kind()) {
                case CPU -> create(source, options, Device.CPU);
                case CUDA -> create(source, options, device);
                case AUTO -> createAnywhere(source, options);
            };
        } catch (OrtException e) {
            String reason = Ort.reason(e);
            if (device.kind() == Device.Kind.CUDA && reason.contains("CUD")) {
                throw Cuda.refused(device, e);
            }
            throw new ZooException(
                    "%s cannot be loaded as an ONNX model; it may be damaged or use an operator that this version lacks (ONNX Runtime says '%s')"
                            .formatted(what, reason),
                    e);
        }
    }

    private static LoadedGraph createAnywhere(Source source, SessionOptions options) throws OrtException {
        Optional<String> obstacle = Cuda.obstacle();
        if (obstacle.isEmpty()) {
            try {
                return create(source, options, Device.cuda(0));
            } catch (DeviceUnavailableException e) {
                obstacle = Optional.of(String.valueOf(e.getMessage()));
            } catch (OrtException e) {
                obstacle = Optional.of(Ort.reason(e));
            }
        }
        LoadedGraph loaded = create(source, options, Device.CPU);
        if (FALLBACK_LOGGED.compareAndSet(false, true)) {
            LOG.info("Running on the CPU, not on CUDA: {}", obstacle.get());
        }
        return loaded;
    }

    private static LoadedGraph create(Source source, SessionOptions options, Device device) throws OrtException {
        OrtSession.SessionOptions settings = settings(options);
        try {
            if (device.kind() == Device.Kind.CUDA) {
                Cuda.addTo(settings, device.index());
            }
            try (NativeCalls.NativeCall call = NativeCalls.begin(null)) {
                return new LoadedGraph(call.of(source.create(settings)), settings, device);
            }
        } catch (OrtException | RuntimeException e) {
            settings.close();
            throw e;
        }
    }

    private static OrtSession.SessionOptions settings(SessionOptions options) throws OrtException {
        OrtSession.SessionOptions settings = new OrtSession.SessionOptions();
        settings.setOptimizationLevel(options.optimization().level());
        settings.setIntraOpNumThreads(
                options.threads() > 0 ? options.threads() : Runtime.getRuntime().availableProcessors());
        settings.addConfigEntry("session.intra_op.allow_spinning", options.spinning() ? "1" : "0");
        settings.addConfigEntry("session.force_spinning_stop", "1");
        settings.addConfigEntry("optimization.disable_specified_optimizers", WRONG_REWRITES);
        settings.setCPUArenaAllocator(options.arena());
        // Failures reach the caller as exceptions; ONNX Runtime would print them on the error stream as well.
        settings.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
        if (options.profiling()) {
            settings.enableProfiling(profile().toString());
        }
        return settings;
    }

    /** The start of a profile's path, in a folder that exists. */
    private static Path profile() {
        Path folder = ZooHome.resolve().resolve("profiles");
        try {
            return Files.createDirectories(folder).resolve("onnxruntime");
        } catch (IOException e) {
            throw new ZooException("The folder %s of profiles cannot be made (%s)".formatted(folder, e), e);
        }
    }

    @Override
    public void close() {
        if (NativeCalls.isEnding()) {
            return;
        }
        try (settings) {
            session.close();
        } catch (OrtException e) {
            throw new ZooException("ONNX Runtime failed to free a session: " + Ort.reason(e), e);
        }
    }
}
