package org.menagerie.graph.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.menagerie.graph.Graph;
import org.menagerie.graph.operator.Operators;
import org.menagerie.spi.Tensor;
import org.menagerie.weights.AtomicFile;

/** Writes graphs as ONNX models of opset {@value Operators#OPSET}. */
public final class OnnxWriter {
    /** Of opset 17's time, so that consumers of that age accept the file. */
    private static final int IR_VERSION = 8;

    /** The version of ONNX's classical operators in the release that brought our opset. */
    static final String ML_DOMAIN = "ai.onnx.ml";

    static final int ML_VERSION = 3;

    /** Protobuf's limit is 2 GB; beyond this much data weights go to a file of their own. */
    private static final long EXTERNAL_FROM = 1_800_000_000L;

    private OnnxWriter() {}

    /**
     * The bytes of a model whose parameters are constants.
     *
     * @param weights a tensor for each parameter, by name
     * @param metadata what {@code metadata_props} says, such as provenance
     */
    public static byte[] toBytes(Graph graph, Map<String, Tensor> weights, Map<String, String> metadata) {
        return model(GraphProtos.withWeights(graph, weights, EmbeddedTensors.INSTANCE), graph, metadata)
                .toByteArray();
    }

    /** The bytes of a model whose parameters are inputs, as training runs it. */
    public static byte[] toBytesWithParametersAsInputs(Graph graph) {
        return model(GraphProtos.withParametersAsInputs(graph), graph, Map.of()).toByteArray();
    }

    /** Writes a model in one step; weights too large for one file go to {@code NAME.data} beside it. */
    public static void write(Path file, Graph graph, Map<String, Tensor> weights, Map<String, String> metadata)
            throws IOException {
        long size =
                weights.values().stream().mapToLong(t -> t.bytes().capacity()).sum();
        write(file, graph, weights, metadata, size >= EXTERNAL_FROM);
    }

    static void write(
            Path file, Graph graph, Map<String, Tensor> weights, Map<String, String> metadata, boolean external)
            throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException("'" + file + "' is a folder, not a file");
        }
        Files.createDirectories(folder);
        String name = file.getFileName().toString();
        Path temporary = AtomicFile.neighbour(folder.resolve(name));
        try {
            if (external) {
                Path data = folder.resolve(name + ".data");
                Path temporaryData = AtomicFile.neighbour(data);
                try (ExternalTensors tensors = new ExternalTensors(name + ".data", temporaryData)) {
                    ModelProto model = model(GraphProtos.withWeights(graph, weights, tensors), graph, metadata);
                    Files.write(temporary, model.toByteArray());
                }
                AtomicFile.move(temporaryData, data);
            } else {
                Files.write(temporary, toBytes(graph, weights, metadata));
            }
            AtomicFile.move(temporary, folder.resolve(name));
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static ModelProto model(ai.onnx.proto.OnnxMl.GraphProto proto, Graph graph, Map<String, String> metadata) {
        ModelProto.Builder model = ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("menagerie")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(Operators.OPSET))
                .setGraph(proto);
        GraphProtos.domains(graph).stream()
                .filter(domain -> !domain.isEmpty())
                .sorted()
                .forEach(domain -> model.addOpsetImport(OperatorSetIdProto.newBuilder()
                        .setDomain(domain)
                        .setVersion(domain.equals(ML_DOMAIN) ? ML_VERSION : 1)));
        metadata.forEach((key, value) -> model.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        return model.build();
    }
}
