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

/** Graphs to their protobuf form. What no output needs is left out. */
final class GraphProtos {
    private final GraphProto.Builder proto = GraphProto.newBuilder();
    private final Map<Value, String> names;
    private final Set<Value> declared;

    private GraphProtos(Map<Value, String> names, Set<Value> declared) {
        this.names = names;
        this.declared = declared;
    }

    static GraphProto withWeights(Graph graph, Map<String, Tensor> weights, TensorSink sink) {
        Graph pruned = graph.prunedTo(graph.outputs());
        GraphProtos protos = new GraphProtos(new HashMap<>(), new HashSet<>());
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
            protos.names.put(parameter.value(), parameter.name());
            protos.declared.add(parameter.value());
            protos.proto.addInitializer(sink.put(parameter.name(), tensor));
        }
        return protos.write(pruned);
    }

    static GraphProto withParametersAsInputs(Graph graph) {
        Graph pruned = graph.prunedTo(graph.outputs());
        GraphProtos protos = new GraphProtos(new HashMap<>(), new HashSet<>());
        for (Parameter parameter : pruned.parameters().values()) {
            protos.names.put(parameter.value(), parameter.name());
            protos.declared.add(parameter.value());
            protos.proto.addInput(info(parameter.name(), parameter.value().type()));
        }
        return protos.write(pruned);
    }

    /** A body shares the names of the graph around it. */
    private GraphProto body(Graph body) {
        return new GraphProtos(new HashMap<>(names), new HashSet<>(declared)).write(body);
    }

    private GraphProto write(Graph graph) {
        proto.setName(graph.name());
        Set<Value> used = new LinkedHashSet<>();
        graph.nodes().forEach(node -> used.addAll(usedBy(node)));
        used.addAll(graph.outputs().values());
        for (Value input : graph.inputs()) {
            names.put(input, input.name());
            declared.add(input);
            proto.addInput(info(input.name(), input.type()));
        }
        nameOutputs(graph);
        used.forEach(this::declareConstant);
        for (Node node : graph.nodes()) {
            declared.addAll(node.outputs());
            proto.addNode(node(node, used));
        }
        graph.outputs().forEach((name, value) -> {
            if (!name(value).equals(name)) {
                proto.addNode(NodeProto.newBuilder()
                        .setOpType("Identity")
                        .setName(name)
                        .addInput(name(value))
                        .addOutput(name));
            }
            proto.addOutput(
                    value.isTyped()
                            ? info(name, value.type())
                            : ValueInfoProto.newBuilder().setName(name).build());
        });
        return proto.build();
    }

    /** A computed value that is an output takes the output's name; of several outputs, the first's. */
    private void nameOutputs(Graph graph) {
        Set<Value> computed = new HashSet<>();
        graph.nodes().forEach(node -> computed.addAll(node.outputs()));
        graph.outputs().forEach((name, value) -> {
            if (computed.contains(value)) {
                names.putIfAbsent(value, name);
            }
        });
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
        value.constant().filter(tensor -> declared.add(value)).ifPresent(tensor -> {
            names.put(value, value.name());
            proto.addInitializer(TensorProtos.write(value.name(), tensor));
        });
    }

    private String name(Value value) {
        return names.getOrDefault(value, value.name());
    }

    private NodeProto node(Node node, Set<Value> used) {
        NodeProto.Builder builder =
                NodeProto.newBuilder().setName(node.name()).setOpType(node.op()).setDomain(node.domain());
        node.inputs().forEach(input -> builder.addInput(input == null ? "" : name(input)));
        int last = lastUsed(node, used);
        for (int i = 0; i <= last; i++) {
            builder.addOutput(i == 0 || used.contains(node.out(i)) ? name(node.out(i)) : "");
        }
        node.attributes().entries().forEach(entry -> builder.addAttribute(attribute(entry.getKey(), entry.getValue())));
        return builder.build();
    }

    /** Trailing outputs without use are left out: some kernels are faster without them. */
    private static int lastUsed(Node node, Set<Value> used) {
        int last = node.outputs().size() - 1;
        while (last > 0 && !used.contains(node.out(last))) {
            last--;
        }
        return last;
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

    private static ValueInfoProto info(String name, TensorType type) {
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
