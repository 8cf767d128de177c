package org.menagerie.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.menagerie.weights.Sha256;

/** Cards of files that no plugin needs to understand. */
final class CardText {
    private CardText() {}

    /** Writes {@code NAME.md} into a folder: a model of one file with the hash of some bytes. */
    static void write(Path folder, String name, byte[] content, String source) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(
                folder.resolve(name + ".md"), """
                ---
                license: mit
                pipeline_tag: image-classification
                menagerie:
                  artifacts:
                    model: {file: %s.onnx, size: %d, sha256: %s, sources: ["%s"]}
                  preprocessor: {name: image, width: 1, height: 1}
                  decoder: {name: classification}
                ---
                """.formatted(name, content.length, Sha256.of(content), source));
    }
}
