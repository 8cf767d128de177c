package org.menagerie.graph.onnx;

import java.util.Map;
import org.menagerie.graph.Graph;
import org.menagerie.spi.Tensor;

/**
 * An ONNX file, read.
 *
 * @param graph its graph, in our opset; floating-point initializers are its parameters
 * @param weights the parameters' tensors, by name
 * @param metadata its {@code metadata_props}
 */
public record OnnxModel(Graph graph, Map<String, Tensor> weights, Map<String, String> metadata) {}
