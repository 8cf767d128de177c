package org.menagerie.studio;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Weights to import.
 *
 * @param name an architecture or one of its variants
 * @param config settings of the architecture
 * @param weights a safetensors file with PyTorch's names: a path, a URL or a reference of {@code hf:}, {@code npm:} or {@code maven:}
 * @param version which of the published weights the file has, where pictures are prepared in different ways; null for the usual one
 * @param output the file to write; its name ends in {@code .onnx}
 */
public record ImportOptions(
        String name,
        Map<String, JsonNode> config,
        String weights,
        @Nullable String version,
        Path output) {
    /** The usual version of the published weights, from a file. */
    public ImportOptions(String name, Map<String, JsonNode> config, Path weights, Path output) {
        this(name, config, weights.toString(), null, output);
    }
}
