package org.menagerie.hub;

import ai.onnx.proto.OnnxMl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.menagerie.weights.Sha256;

/** Small networks and cards for tests. */
final class TestModels {
    private TestModels() {}

    /** A network {@code doubled = number + number}, f32[N,1]; a first extent that is not 0 is fixed. */
    static byte[] doubler(long batch) {
        var type = OnnxMl.TypeProto.newBuilder()
                .setTensorType(OnnxMl.TypeProto.Tensor.newBuilder()
                        .setElemType(1)
                        .setShape(OnnxMl.TensorShapeProto.newBuilder()
                                .addDim(
                                        batch == 0
                                                ? OnnxMl.TensorShapeProto.Dimension.newBuilder()
                                                        .setDimParam("N")
                                                : OnnxMl.TensorShapeProto.Dimension.newBuilder()
                                                        .setDimValue(batch))
                                .addDim(OnnxMl.TensorShapeProto.Dimension.newBuilder()
                                        .setDimValue(1))));
        return OnnxMl.ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OnnxMl.OperatorSetIdProto.newBuilder().setVersion(17))
                .setGraph(OnnxMl.GraphProto.newBuilder()
                        .setName("doubler")
                        .addInput(OnnxMl.ValueInfoProto.newBuilder()
                                .setName("number")
                                .setType(type))
                        .addOutput(OnnxMl.ValueInfoProto.newBuilder()
                                .setName("doubled")
                                .setType(type))
                        .addNode(OnnxMl.NodeProto.newBuilder()
                                .setOpType("Add")
                                .addInput("number")
                                .addInput("number")
                                .addOutput("doubled")))
                .build()
                .toByteArray();
    }

    /** A card of the doubler, whose file lies beside it. */
    static String card(byte[] network, String source) {
        return """
                ---
                license: mit
                pipeline_tag: arithmetic
                menagerie:
                  artifacts:
                    model: {file: doubler.onnx, size: %d, sha256: %s, sources: ["%s"]}
                  preprocessor: {name: number, scale: 1}
                  decoder: {name: number}
                ---
                Doubles numbers.
                """.formatted(network.length, Sha256.of(network), source);
    }

    /** Writes the network and the card {@code NAME.md} into a folder. */
    static void write(Path folder, String name, byte[] network) throws IOException {
        Files.createDirectories(folder);
        Files.write(folder.resolve("doubler.onnx"), network);
        Files.writeString(folder.resolve(name + ".md"), card(network, "file:doubler.onnx"));
    }
}
