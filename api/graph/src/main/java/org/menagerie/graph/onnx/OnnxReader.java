package org.menagerie.graph.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.GraphException;
import org.menagerie.graph.Mode;
import org.menagerie.spi.Tensor;

/**
 * Reads ONNX models of opset 7 to 21. Older and newer forms of operators become those of our opset; an operator that is
 * not known is kept as it is.
 */
public final class OnnxReader {
    private OnnxReader() {}

    /**
     * Reads a file, with its external data.
     *
     * @throws GraphException if it is no ONNX model, is damaged, or has an opset we do not read
     */
    public static OnnxModel read(Path file) throws IOException {
        return read(Files.readAllBytes(file), file.toAbsolutePath().getParent(), "'" + file + "'");
    }

    /** Reads a model from bytes. */
    public static OnnxModel read(byte[] bytes) {
        return read(bytes, null, "The model");
    }

    /** Reads one tensor from its protobuf form, as ONNX's test data keeps them in files ending in {@code .pb}. */
    public static Tensor readTensor(byte[] bytes) {
        try {
            return TensorProtos.read(TensorProto.parseFrom(bytes), null);
        } catch (InvalidProtocolBufferException e) {
            throw new GraphException("This is not an ONNX tensor, or is damaged: " + e.getMessage(), e);
        }
    }

    private static OnnxModel read(byte[] bytes, @Nullable Path folder, String source) {
        ModelProto model;
        try {
            CodedInputStream coded = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
            coded.enableAliasing(true); // Weights of many megabytes stay where they are.
            model = ModelProto.parseFrom(coded);
        } catch (IOException e) {
            throw new GraphException(source + " is not an ONNX model, or is damaged: " + e.getMessage(), e);
        }
        if (!model.hasGraph() || model.getOpsetImportCount() == 0) {
            throw new GraphException(source + " is not an ONNX model: it has no graph or no opset");
        }
        int opset = opset(model, source);
        requireNoFunctions(model, source);
        Map<String, Tensor> weights = new LinkedHashMap<>();
        GraphBuilder g = new GraphBuilder(model.getGraph().getName(), Mode.INFERENCE);
        try {
            GraphReader.read(model.getGraph(), g, opset, folder, weights);
        } catch (GraphException e) {
            throw new GraphException("%s: %s".formatted(source, e.getMessage()), e);
        }
        Map<String, String> metadata = new TreeMap<>();
        for (StringStringEntryProto entry : model.getMetadataPropsList()) {
            metadata.put(entry.getKey(), entry.getValue());
        }
        return new OnnxModel(g.build(), weights, metadata);
    }

    private static int opset(ModelProto model, String source) {
        long opset = model.getOpsetImportList().stream()
                .filter(o -> o.getDomain().isEmpty() || o.getDomain().equals("ai.onnx"))
                .mapToLong(OperatorSetIdProto::getVersion)
                .max()
                .orElse(Upgrade.NEWEST);
        if (opset < Upgrade.OLDEST || opset > Upgrade.NEWEST) {
            throw new GraphException("%s has opset %d; opsets %d to %d are read"
                    .formatted(source, opset, Upgrade.OLDEST, Upgrade.NEWEST));
        }
        return (int) opset;
    }

    /** A model may define operators of its own by graphs; they are refused rather than taken for unknown ones. */
    private static void requireNoFunctions(ModelProto model, String source) {
        Map<String, String> functions = model.getFunctionsList().stream()
                .collect(Collectors.toMap(f -> f.getDomain() + "." + f.getName(), f -> f.getName(), (a, b) -> a));
        for (NodeProto node : model.getGraph().getNodeList()) {
            if (functions.containsKey(node.getDomain() + "." + node.getOpType())) {
                throw new GraphException(
                        "%s defines operator '%s' by a function; inline the functions when exporting the model"
                                .formatted(source, node.getOpType()));
            }
        }
    }
}
