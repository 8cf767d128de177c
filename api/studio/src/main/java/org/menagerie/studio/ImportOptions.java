package org.menagerie.studio;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;

/**
 * Weights to import.
 *
 * @param name an architecture or one of its variants
 * @param config settings of the architecture
 * @param weights a safetensors file with PyTorch's names
 * @param output the file to write; its name ends in {@code .onnx}
 */
public record ImportOptions(String name, Map<String, JsonNode> config, Path weights, Path output) {}
