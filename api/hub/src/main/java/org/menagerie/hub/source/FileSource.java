package org.menagerie.hub.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** {@code file:path}: a file of this machine. {@link Sources} sees to it that a card reaches only its own folder. */
final class FileSource implements Source {
    @Override
    public String scheme() {
        return "file";
    }

    @Override
    public boolean remote() {
        return false;
    }

    @Override
    public Path fetch(String reference, Path target, Transfer transfer) throws IOException {
        Path file = Path.of(reference);
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString(), null, "no such file");
        }
        return file;
    }
}
