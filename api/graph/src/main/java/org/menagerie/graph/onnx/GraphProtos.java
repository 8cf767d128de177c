package org.menagerie.graph.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.menagerie.graph.Attribute;
import org.menagerie.graph.Dim;
import org.menagerie.graph.Graph;
import org.menagerie.graph.GraphException;
import org.menagerie.graph.Node;
import org.menagerie.graph.Parameter;
import org.menagerie.graph.TensorType;
import org.menagerie.graph.Value;
import org.menagerie.spi.Tensor;

/** Graphs to their protobuf form. Nodes and parameters that no output needs are left out; inputs all stay. */
final class GraphProtos {
    private final GraphProto.Builder proto = GraphProto.newBuilder();
    private final Names names;
    private final Set<Value> declared;

    private GraphProtos(Names names, Set<Value> declared) {
        this.names = names;
        this.declared = declared;
    }

    static GraphProto withWeights(Graph graph, Map<String, Tensor> weights, TensorSink sink) {
        Graph pruned = graph.prunedTo(graph.outputs());
        GraphProtos protos = new GraphProtos(new Names(), new HashSet<>());
        for (Parameter parameter : pruned.parameters().values()) {
            Tensor tensor = weights.get(parameter.name());
            if (tensor == null) {
                throw new GraphException("Graph '%s' needs a weight '%s' %s; the weights given have none of this name"
                        .formatted(
                                graph.name(),
                                parameter.name(),
                                parameter.value().type()));
            }
            TensorType type = parameter.value().type();
            if (tensor.elementType() != type.element() || !tensor.shape().equals(type.shape())) {
                throw new GraphException("Weight '%s' is %s; graph '%s' needs %s"
                        .formatted(parameter.name(), tensor, graph.name(), type));
            }
            protos.declare(parameter.value(), parameter.name());
            protos.proto.addInitializer(sink.put(parameter.name(), tensor));
        }
        return protos.model(graph, pruned);
    }

    static GraphProto withParametersAsInputs(Graph graph) {
        Graph pruned = graph.prunedTo(graph.outputs());
        GraphProtos protos = new GraphProtos(new Names(), new HashSet<>());
        for (Parameter parameter : pruned.parameters().values()) {
            protos.declare(parameter.value(), parameter.name());
            protos.proto.addInput(info(parameter.name(), parameter.value()));
        }
        return protos.model(graph, pruned);
    }

    private void declare(Value value, String name) {
        names.fix(value, name);
        declared.add(value);
    }

    /** A model's inputs and outputs keep their names: callers know them. */
    private GraphProto model(Graph whole, Graph pruned) {
        whole.inputs().forEach(input -> names.fix(input, input.name()));
        Set<Value> computed = computed(pruned);
        Map<Value, String> first = new HashMap<>();
        pruned.outputs().forEach((name, value) -> first.putIfAbsent(value, name));
        pruned.outputs().forEach((name, value) -> {
            if (computed.contains(value) && name.equals(first.get(value))) {
                names.fix(value, name);
            } else {
                names.reserve(name);
            }
        });
        writeNodes(whole.inputs(), pruned);
        pruned.outputs().forEach((name, value) -> {
            if (!names.of(value).equals(name)) {
                addIdentity(value, name);
            }
            proto.addOutput(info(name, value));
        });
        return proto.build();
    }

    /** A body shares the names of the graph around it; its outputs must be computed inside, each once. */
    private GraphProto body(Graph body) {
        GraphProtos protos = new GraphProtos(names, declared);
        protos.writeNodes(body.inputs(), body);
        Set<Value> free = computed(body);
        body.outputs().values().forEach(value -> {
            String name = names.of(value);
            if (!free.remove(value)) {
                name = names.fresh(name);
                protos.addIdentity(value, name);
            }
            protos.proto.addOutput(info(name, value));
        });
        return protos.proto.build();
    }

    private void writeNodes(List<Value> inputs, Graph graph) {
        proto.setName(graph.name().isEmpty() ? "graph" : graph.name());
        Set<Value> used = new LinkedHashSet<>();
        graph.nodes().forEach(node -> used.addAll(usedBy(node)));
        used.addAll(graph.outputs().values());
        for (Value input : inputs) {
            declared.add(input);
            proto.addInput(info(names.of(input), input));
        }
        used.forEach(this::declareConstant);
        for (Node node : graph.nodes()) {
            proto.addNode(node(node, used));
        }
    }

    private void addIdentity(Value value, String name) {
        proto.addNode(NodeProto.newBuilder()
                .setOpType("Identity")
                .setName(name)
                .addInput(names.of(value))
                .addOutput(name));
    }

    private static Set<Value> computed(Graph graph) {
        Set<Value> computed = new HashSet<>();
        graph.nodes().forEach(node -> computed.addAll(node.outputs()));
        return computed;
    }

    private static Set<Value> usedBy(Node node) {
        Set<Value> used = new LinkedHashSet<>();
        node.inputs().stream().filter(input -> input != null).forEach(used::add);
        node.attributes().entries().forEach(attribute -> {
            if (attribute.getValue() instanceof Attribute.Body body) {
                body.value().nodes().forEach(inner -> used.addAll(usedBy(inner)));
                used.addAll(body.value().outputs().values());
            }
        });
        return used;
    }

    private void declareConstant(Value value) {
        value.constant()
                .filter(tensor -> declared.add(value))
                .ifPresent(tensor -> proto.addInitializer(TensorProtos.write(names.of(value), tensor)));
    }

    private NodeProto node(Node node, Set<Value> used) {
        NodeProto.Builder builder =
                NodeProto.newBuilder().setName(node.name()).setOpType(node.op()).setDomain(node.domain());
        node.inputs().forEach(input -> builder.addInput(input == null ? "" : names.of(input)));
        int last = node.outputs().size() - 1;
        while (last > 0 && isLeftOut(node, last, used)) {
            last--;
        }
        for (int i = 0; i <= last; i++) {
            boolean leftOut = last > 0 && isLeftOut(node, i, used);
            builder.addOutput(leftOut ? "" : names.of(node.out(i)));
        }
        node.attributes().entries().forEach(entry -> builder.addAttribute(attribute(entry.getKey(), entry.getValue())));
        return builder.build();
    }

    /** Outputs without use are left out where they may be: some kernels are faster without them. */
    private static boolean isLeftOut(Node node, int output, Set<Value> used) {
        return OptionalOutputs.has(node.op(), output) && !used.contains(node.out(output));
    }

    private AttributeProto attribute(String name, Attribute attribute) {
        AttributeProto.Builder builder = AttributeProto.newBuilder().setName(name);
        if (attribute instanceof Attribute.Int value) {
            builder.setType(AttributeProto.AttributeType.INT).setI(value.value());
        } else if (attribute instanceof Attribute.Real value) {
            builder.setType(AttributeProto.AttributeType.FLOAT).setF(value.value());
        } else if (attribute instanceof Attribute.Text value) {
            builder.setType(AttributeProto.AttributeType.STRING).setS(ByteString.copyFromUtf8(value.value()));
        } else if (attribute instanceof Attribute.Ints value) {
            builder.setType(AttributeProto.AttributeType.INTS);
            for (long element : value.values()) {
                builder.addInts(element);
            }
        } else if (attribute instanceof Attribute.Floats value) {
            builder.setType(AttributeProto.AttributeType.FLOATS);
            for (float element : value.values()) {
                builder.addFloats(element);
            }
        } else if (attribute instanceof Attribute.Texts value) {
            builder.setType(AttributeProto.AttributeType.STRINGS);
            value.values().forEach(element -> builder.addStrings(ByteString.copyFromUtf8(element)));
        } else if (attribute instanceof Attribute.Constant value) {
            builder.setType(AttributeProto.AttributeType.TENSOR).setT(TensorProtos.write("", value.value()));
        } else if (attribute instanceof Attribute.Body value) {
            builder.setType(AttributeProto.AttributeType.GRAPH).setG(body(value.value()));
        }
        return builder.build();
    }

    /** The name alone where the type is not known. */
    private static ValueInfoProto info(String name, Value value) {
        if (!value.isTyped()) {
            return ValueInfoProto.newBuilder().setName(name).build();
        }
        TensorType type = value.type();
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (Dim dim : type.dims()) {
            TensorShapeProto.Dimension.Builder extent = shape.addDimBuilder();
            if (dim.isFixed()) {
                extent.setDimValue(dim.value());
            } else if (!dim.isUnknown()) {
                extent.setDimParam(dim.toString());
            }
        }
        TypeProto.Tensor.Builder tensor = TypeProto.Tensor.newBuilder()
                .setElemType(type.element().onnxCode())
                .setShape(shape);
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }

    /** The operator domains that a graph and its bodies use. */
    static Set<String> domains(Graph graph) {
        Set<String> domains = new HashSet<>();
        for (Node node : graph.nodes()) {
            domains.add(node.domain());
            node.attributes().entries().forEach(attribute -> {
                if (attribute.getValue() instanceof Attribute.Body body) {
                    domains.addAll(domains(body.value()));
                }
            });
        }
        return domains;
    }
}
