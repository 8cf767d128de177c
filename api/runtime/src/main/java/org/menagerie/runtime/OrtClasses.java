package org.menagerie.runtime;

import java.net.URL;
import org.jspecify.annotations.Nullable;
import org.menagerie.spi.ZooException;

/**
 * Which ONNX Runtime the class path has, asked without initializing any of its classes. No module of Menagerie brings one by
 * itself: a host states {@code menagerie-cpu} or {@code menagerie-cuda}.
 */
final class OrtClasses {
    private static final String ENVIRONMENT = "ai.onnxruntime.OrtEnvironment";

    private OrtClasses() {}

    /**
     * Requires that there is one.
     *
     * @throws ZooException naming the dependency to add
     */
    static void require() {
        find();
    }

    /** Its version, for example {@code 1.29.0}; null if its jar does not say. */
    static @Nullable String version() {
        return find().getPackage().getImplementationVersion();
    }

    static @Nullable URL resource(String path) {
        return find().getResource(path);
    }

    private static Class<?> find() {
        try {
            return Class.forName(ENVIRONMENT, false, OrtClasses.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new ZooException(
                    "ONNX Runtime is not on the class path; add the dependency org.menagerie:menagerie-cpu, or org.menagerie:menagerie-cuda to run on NVIDIA GPUs (Linux and Windows on x86-64)",
                    e);
        }
    }
}
