package org.menagerie.training.recipe;

import org.menagerie.runtime.Providers;

/** The versions that a training's bits depend on. */
final class Versions {
    private Versions() {}

    static String menagerie() {
        String version = Versions.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    static String onnxRuntime() {
        return Providers.report().version();
    }
}
