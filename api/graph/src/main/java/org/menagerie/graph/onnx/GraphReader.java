package org.menagerie.graph.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.menagerie.graph.Attribute;
import org.menagerie.graph.Attributes;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.GraphException;
import org.menagerie.graph.TensorType;
import org.menagerie.graph.Value;
import org.menagerie.graph.layer.Initializers;
import org.menagerie.spi.Tensor;

/** Reads the graph of a model, or the body of one of its nodes, into a builder. */
final class GraphReader {
    private final GraphBuilder g;
    private final int opset;
    private final @Nullable Path folder;
    private final @Nullable WeightRoles roles;
    private final Map<String, Tensor> weights;

    /** What names mean here; in a body, those of the graphs around it too. */
    private final Map<String, Value> values;

    private final Set<String> definedHere = new HashSet<>();

    /** For a branch that takes the place of its node: its names, which another branch may have as well, in the graph. */
    private final @Nullable Map<String, String> inGraph;

    private final Map<String, TensorType> declared = new HashMap<>();
    private Set<String> used = Set.of();

    private GraphReader(
            GraphBuilder g,
            int opset,
            @Nullable Path folder,
            @Nullable WeightRoles roles,
            Map<String, Tensor> weights,
            Map<String, Value> values,
            @Nullable Map<String, String> inGraph) {
        this.g = g;
        this.opset = opset;
        this.folder = folder;
        this.roles = roles;
        this.weights = weights;
        this.values = values;
        this.inGraph = inGraph;
    }

    /**
     * Reads a model's graph.
     *
     * @param folder where external data lies; null if the model has no file
     * @param weights receives the tensors of the parameters
     */
    static void read(GraphProto proto, GraphBuilder g, int opset, @Nullable Path folder, Map<String, Tensor> weights) {
        new GraphReader(g, opset, folder, WeightRoles.of(proto), weights, new HashMap<>(), null).read(proto, List.of());
    }

    /** @param operandTypes for a body, the types of what its inputs receive where the node tells them */
    private void read(GraphProto proto, List<@Nullable TensorType> operandTypes) {
        readNodes(proto, operandTypes);
        for (ValueInfoProto output : proto.getOutputList()) {
            g.output(output.getName(), outputOf(output));
        }
    }

    private Value outputOf(ValueInfoProto output) {
        Value value = values.get(output.getName());
        if (value == null) {
            throw new GraphException(
                    "Output '%s' of graph '%s' comes from no node".formatted(output.getName(), g.name()));
        }
        return value;
    }

    private void readNodes(GraphProto proto, List<@Nullable TensorType> operandTypes) {
        if (proto.getSparseInitializerCount() > 0) {
            throw new GraphException("Graph '%s' has sparse initializers, which are not supported; export dense ones"
                    .formatted(proto.getName()));
        }
        for (TensorProto initializer : proto.getInitializerList()) {
            define(initializer.getName(), declareTensor(initializer.getName(), readTensor(initializer), false));
        }
        for (int i = 0; i < proto.getInputCount(); i++) {
            readInput(proto.getInput(i), i < operandTypes.size() ? operandTypes.get(i) : null);
        }
        for (List<ValueInfoProto> infos : List.of(proto.getValueInfoList(), proto.getOutputList())) {
            for (ValueInfoProto info : infos) {
                TensorType type = ValueTypes.read(info, null);
                if (type != null) {
                    declared.put(own(info.getName()), type);
                }
            }
        }
        used = NodeOrder.usedNames(proto);
        for (NodeProto node : NodeOrder.sorted(proto, values.keySet())) {
            readNode(node);
        }
    }

    /** The name that a value or node of the file gets in the graph. */
    private String own(String name) {
        return inGraph == null || name.isEmpty() ? name : inGraph.computeIfAbsent(name, g::free);
    }

    private void define(String name, Value value) {
        if (!definedHere.add(name)) {
            throw new GraphException("'%s' is defined twice in graph '%s'".formatted(name, g.name()));
        }
        values.put(name, value);
    }

    private Tensor readTensor(TensorProto proto) {
        return TensorProtos.read(proto, folder);
    }

    /** A weight becomes a parameter or buffer; everything else stays a constant. */
    private Value declareTensor(String fileName, Tensor tensor, boolean literal) {
        String name = own(fileName);
        WeightRoles.Role role = roles == null
                ? WeightRoles.Role.CONSTANT
                : roles.of(
                        fileName,
                        tensor.elementType(),
                        tensor.size(),
                        tensor.shape().rank(),
                        literal);
        if (role == WeightRoles.Role.CONSTANT) {
            return g.constant(name, tensor);
        }
        weights.put(name, tensor);
        TensorType type = TensorType.of(tensor.elementType(), tensor.shape());
        return role == WeightRoles.Role.BUFFER
                ? g.buffer(name, type, Initializers.zeros())
                : g.parameter(name, type, Initializers.zeros());
    }

    /** A model's input may repeat an initializer, as files before IR version 4 do: then it is no input. */
    private void readInput(ValueInfoProto info, @Nullable TensorType operand) {
        if (roles != null && definedHere.contains(info.getName())) {
            return;
        }
        TensorType type = ValueTypes.read(info, operand);
        if (roles != null && type == null) {
            throw new GraphException(
                    "Input '%s' is not a tensor with a known number of axes; sequences, maps, optionals and strings are not supported"
                            .formatted(info.getName()));
        }
        define(info.getName(), type == null ? g.untypedInput(info.getName()) : g.input(info.getName(), type));
    }

    private void readNode(NodeProto proto) {
        String label = "%s '%s'".formatted(proto.getOpType(), nameOf(proto));
        try {
            List<@Nullable Value> inputs = new ArrayList<>();
            for (String input : proto.getInputList()) {
                inputs.add(input.isEmpty() ? null : values.get(input));
            }
            if (proto.getOpType().equals("If") && proto.getDomain().isEmpty()) {
                Optional<GraphProto> branch = KnownBranch.of(proto, inputs);
                if (branch.isPresent()) {
                    readInPlace(branch.get(), proto);
                    return;
                }
            }
            Map<String, Attribute> attributes = new LinkedHashMap<>();
            for (AttributeProto attribute : proto.getAttributeList()) {
                attributes.put(attribute.getName(), readAttribute(attribute, proto, inputs));
            }
            List<String> outputs = outputsOf(proto);
            SourceNode node = new SourceNode(
                    proto.getDomain().equals("ai.onnx") ? "" : proto.getDomain(),
                    proto.getOpType(),
                    own(nameOf(proto)),
                    Attributes.copyOf(attributes),
                    inputs,
                    outputs.stream().map(this::own).toList());
            List<Value> results = node.is("Constant")
                    ? List.of(readConstant(node, outputs.get(0)))
                    : new Upgrade(g, opset, declared).add(node);
            for (int i = 0; i < outputs.size(); i++) {
                if (!outputs.get(i).isEmpty()) {
                    define(outputs.get(i), results.get(i));
                }
            }
        } catch (IllegalArgumentException
                | IllegalStateException
                | ArithmeticException
                | IndexOutOfBoundsException
                | NegativeArraySizeException e) {
            throw new GraphException("%s cannot be read: %s".formatted(label, e.getMessage()), e);
        }
    }

    /** Reads a branch that is always taken into the graph around it. */
    private void readInPlace(GraphProto branch, NodeProto node) {
        GraphReader reader = new GraphReader(
                g,
                opset,
                folder,
                roles == null ? null : WeightRoles.of(branch),
                weights,
                new HashMap<>(values),
                new HashMap<>());
        reader.readNodes(branch, List.of());
        if (branch.getOutputCount() != node.getOutputCount()) {
            throw new GraphException("a branch gives %d outputs, and the node %d"
                    .formatted(branch.getOutputCount(), node.getOutputCount()));
        }
        for (int i = 0; i < node.getOutputCount(); i++) {
            if (!node.getOutput(i).isEmpty()) {
                define(node.getOutput(i), reader.outputOf(branch.getOutput(i)));
            }
        }
    }

    private static String nameOf(NodeProto proto) {
        if (!proto.getName().isEmpty()) {
            return proto.getName();
        }
        return proto.getOutputList().stream()
                .filter(output -> !output.isEmpty())
                .findFirst()
                .orElse(proto.getOpType());
    }

    /** The names of outputs, empty where nothing uses an optional one; such ones at the end are left out. */
    private List<String> outputsOf(NodeProto proto) {
        List<String> outputs = new ArrayList<>();
        for (String output : proto.getOutputList()) {
            boolean leftOut = OptionalOutputs.has(proto.getOpType(), outputs.size()) && !used.contains(output);
            outputs.add(leftOut ? "" : output);
        }
        while (outputs.size() > 1 && outputs.get(outputs.size() - 1).isEmpty()) {
            outputs.remove(outputs.size() - 1);
        }
        return outputs;
    }

    private Value readConstant(SourceNode node, String output) {
        if (node.attributes().has("sparse_value")) {
            throw new GraphException(
                    "Constant '%s' is sparse, which is not supported; export a dense one".formatted(node.name()));
        }
        Tensor tensor = ConstantForms.tensor(node.attributes());
        return declareTensor(output.isEmpty() ? node.name() : output, tensor, true);
    }

    private Attribute readAttribute(AttributeProto proto, NodeProto node, List<@Nullable Value> inputs) {
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
            case TENSOR -> new Attribute.Constant(readTensor(proto.getT()));
            case GRAPH -> {
                GraphProto graph = proto.getG();
                GraphBuilder body = g.body(graph.getName().isEmpty() ? proto.getName() : graph.getName());
                new GraphReader(body, opset, folder, null, weights, new HashMap<>(values), null)
                        .read(graph, ValueTypes.ofBodyInputs(node, inputs));
                yield new Attribute.Body(body.build());
            }
            default ->
                throw new GraphException("Attribute '%s' of %s '%s' has type %s, which is not supported"
                        .formatted(proto.getName(), node.getOpType(), nameOf(node), proto.getType()));
        };
    }
}
