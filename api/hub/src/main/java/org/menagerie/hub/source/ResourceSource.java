package org.menagerie.hub.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** {@code resource:path}: a file packaged in a jar of the class path. */
final class ResourceSource implements Source {
    private final ClassLoader classLoader;

    ResourceSource(ClassLoader classLoader) {
        this.classLoader = classLoader;
    }

    @Override
    public String scheme() {
        return "resource";
    }

    @Override
    public boolean remote() {
        return false;
    }

    @Override
    public Path fetch(String reference, Path target, Transfer transfer) throws IOException {
        Part.PATH.check(reference);
        try (InputStream in = classLoader.getResourceAsStream(reference)) {
            if (in == null) {
                throw new NoSuchFileException(reference, null, "no such resource on the class path");
            }
            try (OutputStream out = DiskSpace.create(target)) {
                in.transferTo(out);
            }
        }
        return target;
    }
}
