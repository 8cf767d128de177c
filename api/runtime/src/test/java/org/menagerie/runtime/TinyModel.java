package org.menagerie.runtime;

import ai.onnx.proto.OnnxMl;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;

/** ONNX files of a few nodes, made with the protobuf classes alone. */
final class TinyModel {
    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("tiny");

    TinyModel input(String name, ElementType type, Object... dims) {
        graph.addInput(port(name, type, dims));
        return this;
    }

    TinyModel output(String name, ElementType type, Object... dims) {
        graph.addOutput(port(name, type, dims));
        return this;
    }

    TinyModel node(String op, List<String> inputs, String output) {
        graph.addNode(NodeProto.newBuilder()
                .setOpType(op)
                .setName(output)
                .addAllInput(inputs)
                .addOutput(output));
        return this;
    }

    TinyModel weight(String name, float[] values, long... dims) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(ElementType.FLOAT32.onnxCode());
        for (long dim : dims) {
            tensor.addDims(dim);
        }
        for (float value : values) {
            tensor.addFloatData(value);
        }
        graph.addInitializer(tensor);
        return this;
    }

    /** A vector of int64, for axes and shapes. */
    TinyModel longs(String name, long... values) {
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(name)
                .setDataType(ElementType.INT64.onnxCode())
                .addDims(values.length);
        for (long value : values) {
            tensor.addInt64Data(value);
        }
        graph.addInitializer(tensor);
        return this;
    }

    /** A float32 weight whose values lie in a file beside the model. */
    TinyModel externalWeight(String name, String location, long... dims) {
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(name)
                .setDataType(ElementType.FLOAT32.onnxCode())
                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(OnnxMl.StringStringEntryProto.newBuilder()
                        .setKey("location")
                        .setValue(location));
        for (long dim : dims) {
            tensor.addDims(dim);
        }
        graph.addInitializer(tensor);
        return this;
    }

    byte[] bytes() {
        return ModelProto.newBuilder()
                .setIrVersion(8)
                .setProducerName("menagerie-test")
                .addOpsetImport(OnnxMl.OperatorSetIdProto.newBuilder().setVersion(17))
                .addMetadataProps(OnnxMl.StringStringEntryProto.newBuilder()
                        .setKey("architecture")
                        .setValue("tiny"))
                .setGraph(graph)
                .build()
                .toByteArray();
    }

    /** The tensor that a run must have returned. */
    static Tensor named(String name, Map<String, Tensor> outputs) {
        return Objects.requireNonNull(outputs.get(name), name);
    }

    /** {@code y = x + x} over {@code x f32[N,3]}. */
    static byte[] doubling() {
        return new TinyModel()
                .input("x", ElementType.FLOAT32, "N", 3)
                .output("y", ElementType.FLOAT32, "N", 3)
                .node("Add", List.of("x", "x"), "y")
                .bytes();
    }

    /** Dims that are numbers are fixed, strings are symbolic, "" has no name; no dims at all declare a scalar. */
    private static ValueInfoProto port(String name, ElementType type, Object... dims) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (Object dim : dims) {
            TensorShapeProto.Dimension.Builder dimension = shape.addDimBuilder();
            if (dim instanceof Number number) {
                dimension.setDimValue(number.longValue());
            } else if (!dim.equals("")) {
                dimension.setDimParam(dim.toString());
            }
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(OnnxMl.TypeProto.newBuilder()
                        .setTensorType(OnnxMl.TypeProto.Tensor.newBuilder()
                                .setElemType(type.onnxCode())
                                .setShape(shape)))
                .build();
    }
}
