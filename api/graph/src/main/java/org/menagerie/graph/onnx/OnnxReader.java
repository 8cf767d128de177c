package org.menagerie.graph.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.menagerie.graph.Attribute;
import org.menagerie.graph.Attributes;
import org.menagerie.graph.Dim;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.GraphException;
import org.menagerie.graph.Mode;
import org.menagerie.graph.TensorType;
import org.menagerie.graph.Value;
import org.menagerie.graph.layer.Initializers;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;

/**
 * Reads ONNX models of opset 7 to 21. Older and newer forms of operators become those of our opset; an operator that is
 * not known is kept as it is.
 */
public final class OnnxReader {
    private final @Nullable Path folder;
    private final int opset;

    private OnnxReader(@Nullable Path folder, int opset) {
        this.folder = folder;
        this.opset = opset;
    }

    /**
     * Reads a file, with its external data.
     *
     * @throws GraphException if it is no ONNX model, is damaged, or has an opset we do not read
     */
    public static OnnxModel read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, file.toAbsolutePath().getParent(), "'" + file + "'");
        }
    }

    /** Reads a model from bytes. */
    public static OnnxModel read(byte[] bytes) {
        try {
            return read(new java.io.ByteArrayInputStream(bytes), null, "The model");
        } catch (IOException e) {
            throw new GraphException("The model cannot be read: " + e.getMessage(), e);
        }
    }

    private static OnnxModel read(InputStream in, @Nullable Path folder, String source) throws IOException {
        ModelProto model;
        try {
            CodedInputStream coded = CodedInputStream.newInstance(in);
            coded.setSizeLimit(Integer.MAX_VALUE);
            model = ModelProto.parseFrom(coded);
        } catch (InvalidProtocolBufferException e) {
            throw new GraphException(source + " is not an ONNX model, or is damaged: " + e.getMessage(), e);
        }
        if (!model.hasGraph() || model.getOpsetImportCount() == 0) {
            throw new GraphException(source + " is not an ONNX model: it has no graph or no opset");
        }
        int opset = (int) model.getOpsetImportList().stream()
                .filter(o -> o.getDomain().isEmpty() || o.getDomain().equals("ai.onnx"))
                .mapToLong(OperatorSetIdProto::getVersion)
                .max()
                .orElse(Upgrade.NEWEST);
        if (opset < Upgrade.OLDEST || opset > Upgrade.NEWEST) {
            throw new GraphException("%s has opset %d; opsets %d to %d are read"
                    .formatted(source, opset, Upgrade.OLDEST, Upgrade.NEWEST));
        }
        Map<String, Tensor> weights = new LinkedHashMap<>();
        GraphBuilder g = new GraphBuilder(model.getGraph().getName(), Mode.INFERENCE);
        new OnnxReader(folder, opset).readGraph(model.getGraph(), g, new HashMap<>(), weights);
        Map<String, String> metadata = new TreeMap<>();
        for (StringStringEntryProto entry : model.getMetadataPropsList()) {
            metadata.put(entry.getKey(), entry.getValue());
        }
        return new OnnxModel(g.build(), weights, metadata);
    }

    private void readGraph(
            GraphProto proto, GraphBuilder g, Map<String, Value> values, @Nullable Map<String, Tensor> weights) {
        for (TensorProto initializer : proto.getInitializerList()) {
            Tensor tensor = TensorProtos.read(initializer, folder);
            values.put(initializer.getName(), readInitializer(initializer.getName(), tensor, g, weights));
        }
        for (ValueInfoProto input : proto.getInputList()) {
            if (!values.containsKey(input.getName()) || weights == null) {
                values.put(input.getName(), g.input(input.getName(), typeOf(input)));
            }
        }
        Map<String, TensorType> declared = new HashMap<>();
        for (List<ValueInfoProto> infos : List.of(proto.getValueInfoList(), proto.getOutputList())) {
            for (ValueInfoProto info : infos) {
                if (info.getType().getTensorType().hasShape()) {
                    declared.put(info.getName(), typeOf(info));
                }
            }
        }
        for (NodeProto node : proto.getNodeList()) {
            readNode(node, g, values, declared);
        }
        for (ValueInfoProto output : proto.getOutputList()) {
            g.output(output.getName(), find(values, output.getName(), "output of graph '" + g.name() + "'"));
        }
    }

    /** Floating-point tensors of a model become parameters; indices, shapes and a body's tensors stay constants. */
    private static Value readInitializer(
            String name, Tensor tensor, GraphBuilder g, @Nullable Map<String, Tensor> weights) {
        if (weights == null
                || !tensor.elementType().isFloating()
                || tensor.shape().rank() == 0) {
            return g.constant(tensor);
        }
        weights.put(name, tensor);
        return g.parameter(name, TensorType.of(tensor.elementType(), tensor.shape()), Initializers.zeros());
    }

    private void readNode(
            NodeProto proto, GraphBuilder g, Map<String, Value> values, Map<String, TensorType> declared) {
        List<@Nullable Value> inputs = new ArrayList<>();
        for (String input : proto.getInputList()) {
            inputs.add(
                    input.isEmpty()
                            ? null
                            : find(values, input, "%s '%s'".formatted(proto.getOpType(), proto.getName())));
        }
        Map<String, Attribute> attributes = new LinkedHashMap<>();
        for (AttributeProto attribute : proto.getAttributeList()) {
            attributes.put(attribute.getName(), readAttribute(attribute, g, values));
        }
        String domain = proto.getDomain().equals("ai.onnx") ? "" : proto.getDomain();
        SourceNode node = new SourceNode(
                domain,
                proto.getOpType(),
                proto.getName(),
                Attributes.copyOf(attributes),
                inputs,
                proto.getOutputList());
        List<Value> outputs = new Upgrade(g, opset, declared).add(node);
        for (int i = 0; i < proto.getOutputCount(); i++) {
            if (!proto.getOutput(i).isEmpty()) {
                values.put(proto.getOutput(i), outputs.get(i));
            }
        }
    }

    private static Value find(Map<String, Value> values, String name, String user) {
        Value value = values.get(name);
        if (value == null) {
            throw new GraphException("%s uses '%s', which nothing before it gives".formatted(user, name));
        }
        return value;
    }

    private Attribute readAttribute(AttributeProto proto, GraphBuilder g, Map<String, Value> values) {
        return switch (proto.getType()) {
            case INT -> new Attribute.Int(proto.getI());
            case FLOAT -> new Attribute.Real(proto.getF());
            case STRING -> new Attribute.Text(proto.getS().toStringUtf8());
            case INTS ->
                new Attribute.Ints(
                        proto.getIntsList().stream().mapToLong(Long::longValue).toArray());
            case FLOATS -> {
                float[] floats = new float[proto.getFloatsCount()];
                for (int i = 0; i < floats.length; i++) {
                    floats[i] = proto.getFloats(i);
                }
                yield new Attribute.Floats(floats);
            }
            case STRINGS ->
                new Attribute.Texts(proto.getStringsList().stream()
                        .map(com.google.protobuf.ByteString::toStringUtf8)
                        .toList());
            case TENSOR -> new Attribute.Constant(TensorProtos.read(proto.getT(), folder));
            case GRAPH -> {
                GraphBuilder body = g.body(
                        proto.getG().getName().isEmpty()
                                ? proto.getName()
                                : proto.getG().getName());
                readGraph(proto.getG(), body, new HashMap<>(values), null);
                yield new Attribute.Body(body.build());
            }
            default ->
                throw new GraphException("Attribute '%s' has type %s, which is not supported"
                        .formatted(proto.getName(), proto.getType()));
        };
    }

    private static TensorType typeOf(ValueInfoProto info) {
        if (!info.getType().hasTensorType()) {
            throw new GraphException(
                    "'%s' is not a tensor; sequences, maps and optionals are not supported".formatted(info.getName()));
        }
        List<Dim> dims = new ArrayList<>();
        for (var dim : info.getType().getTensorType().getShape().getDimList()) {
            if (dim.hasDimValue() && dim.getDimValue() >= 0) {
                dims.add(Dim.of(dim.getDimValue()));
            } else {
                dims.add(Dim.symbol(
                        dim.hasDimParam() && !dim.getDimParam().isEmpty()
                                ? dim.getDimParam()
                                : info.getName() + "_" + dims.size()));
            }
        }
        return new TensorType(
                ElementType.ofOnnxCode(info.getType().getTensorType().getElemType()), dims);
    }
}
