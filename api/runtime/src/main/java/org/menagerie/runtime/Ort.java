package org.menagerie.runtime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.menagerie.spi.ZooException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one ONNX Runtime of this process, loaded from the native library cache on first use. */
final class Ort {
    private static final Logger LOG = LoggerFactory.getLogger(Ort.class);
    private static final String NAME = "menagerie";

    private static volatile @Nullable OrtEnvironment environment;

    private Ort() {}

    /**
     * The environment that every session shares; never closed. After a failure the next call tries again.
     *
     * @throws ZooException if the native libraries can be neither unpacked nor loaded
     */
    static OrtEnvironment environment() {
        OrtEnvironment loaded = environment;
        return loaded != null ? loaded : load();
    }

    private static synchronized OrtEnvironment load() {
        OrtEnvironment loaded = environment;
        if (loaded == null) {
            OrtClasses.require();
            NativeLibraries.prepare();
            Telemetry.prepare();
            loaded = LongCommandLine.callWithRoom(Ort::create);
            Telemetry.confirm(loaded);
            keepUntilTheEnd();
            NativeCalls.watch();
            environment = loaded;
        }
        return loaded;
    }

    // Failures reach the caller as exceptions; ONNX Runtime would print them on the error stream as well.
    private static OrtEnvironment create() {
        Preflight.check(NativeLibraries.core());
        try {
            return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, NAME);
        } catch (LinkageError e) {
            throw loadFailure(e);
        }
    }

    private static ZooException loadFailure(LinkageError error) {
        Throwable cause = error;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return new ZooException(
                "ONNX Runtime's native library cannot be loaded from %s: %s; this needs a new start of Java once it is mended"
                        .formatted(NativeLibraries.location(), cause.getMessage()),
                error);
    }

    /**
     * Takes a second reference to the native environment. ONNX Runtime's own shutdown hook gives one back while other
     * threads may still load or run graphs; with none left the process would crash.
     */
    private static void keepUntilTheEnd() {
        try {
            Field api = Class.forName("ai.onnxruntime.OnnxRuntime").getDeclaredField("ortApiHandle");
            api.setAccessible(true);
            Method create = OrtEnvironment.class.getDeclaredMethod("createHandle", long.class, int.class, String.class);
            create.setAccessible(true);
            create.invoke(null, api.getLong(null), OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL.getValue(), NAME);
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.debug("ONNX Runtime's environment may be freed while the process ends", e);
        }
    }

    /** What ONNX Runtime says, without its error code. */
    static String reason(OrtException exception) {
        String message = String.valueOf(exception.getMessage());
        int start = message.indexOf("message: ");
        return (start < 0 ? message : message.substring(start + "message: ".length()))
                .strip()
                .replaceAll("\\s*\\R\\s*", " ");
    }
}
