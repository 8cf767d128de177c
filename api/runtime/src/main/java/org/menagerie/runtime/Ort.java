package org.menagerie.runtime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import org.menagerie.spi.ZooException;

/** The one ONNX Runtime of this process, loaded from the native library cache on first use. */
final class Ort {
    private Ort() {}

    /**
     * The environment that every session shares; never closed.
     *
     * @throws ZooException if the native libraries can be neither unpacked nor loaded
     */
    static OrtEnvironment environment() {
        try {
            return Holder.ENVIRONMENT;
        } catch (ExceptionInInitializerError | NoClassDefFoundError e) {
            throw loadFailure(e);
        }
    }

    private static ZooException loadFailure(LinkageError error) {
        Throwable cause = error;
        while (cause.getCause() != null && !(cause instanceof ZooException)) {
            cause = cause.getCause();
        }
        if (cause instanceof ZooException known) {
            return known;
        }
        return new ZooException(
                "ONNX Runtime's native library cannot be loaded from %s: %s"
                        .formatted(NativeLibraries.location(), cause.getMessage()),
                error);
    }

    /** What ONNX Runtime says, without its error code. */
    static String reason(OrtException exception) {
        String message = String.valueOf(exception.getMessage());
        int start = message.indexOf("message: ");
        return (start < 0 ? message : message.substring(start + "message: ".length()))
                .strip()
                .replaceAll("\\s*\\R\\s*", " ");
    }

    // Failures reach the caller as exceptions; ONNX Runtime would print them on the error stream as well.
    private static OrtEnvironment create() {
        return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "menagerie");
    }

    private static final class Holder {
        static final OrtEnvironment ENVIRONMENT = load();

        private static OrtEnvironment load() {
            NativeLibraries.prepare();
            return LongCommandLine.callWithRoom(Ort::create);
        }
    }
}
