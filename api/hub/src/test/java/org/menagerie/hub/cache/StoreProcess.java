package org.menagerie.hub.cache;

import java.nio.file.Path;
import java.util.List;
import org.menagerie.hub.source.HttpPolicy;
import org.menagerie.hub.source.Progress;
import org.menagerie.hub.source.Sources;
import org.menagerie.spi.ModelCard.Artifact;

/** A process that fetches one file into a store: arguments home, URL, size, SHA-256. */
final class StoreProcess {
    private StoreProcess() {}

    public static void main(String[] arguments) {
        Path home = Path.of(arguments[0]);
        Artifact artifact =
                new Artifact("model", "model.onnx", Long.parseLong(arguments[2]), arguments[3], List.of(arguments[1]));
        Sources sources = new Sources(
                Sources.builtIn(StoreProcess.class.getClassLoader(), HttpPolicy.defaults(), false), home, false);
        new Store(home).file("test/model", artifact, "resource:", sources, Progress.NONE);
    }
}
