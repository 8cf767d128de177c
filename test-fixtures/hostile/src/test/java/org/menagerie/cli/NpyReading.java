package org.menagerie.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.menagerie.spi.ElementType;

/** Reads arrays as {@code zoo run FILE.onnx} does. */
public final class NpyReading {
    private NpyReading() {}

    public static Object read(Path file) throws IOException {
        return Npy.read(Files.readAllBytes(file), file.toString(), ElementType.FLOAT32);
    }
}
