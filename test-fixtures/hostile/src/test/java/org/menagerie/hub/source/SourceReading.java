package org.menagerie.hub.source;

import java.io.IOException;
import java.nio.file.Path;

/** Reads archives and documents as the sources do. */
public final class SourceReading {
    private SourceReading() {}

    public static Path entry(Path archive, String name, Path target) throws IOException {
        Archives.extract(archive, name, target, -1);
        return target;
    }

    public static Object npm(Path document) throws IOException {
        return NpmDocument.distribution(document, "1.0.0");
    }
}
