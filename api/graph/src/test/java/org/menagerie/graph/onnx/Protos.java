package org.menagerie.graph.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.util.List;
import org.menagerie.graph.Dim;
import org.menagerie.graph.TensorType;
import org.menagerie.spi.Tensor;

/** Models written by hand, as exporters write them. */
final class Protos {
    private Protos() {}

    static NodeProto node(String op, List<String> inputs, List<String> outputs, AttributeProto... attributes) {
        return NodeProto.newBuilder()
                .setOpType(op)
                .setName(outputs.get(0) + "_node")
                .addAllInput(inputs)
                .addAllOutput(outputs)
                .addAllAttribute(List.of(attributes))
                .build();
    }

    static AttributeProto ints(String name, long... values) {
        AttributeProto.Builder builder =
                AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
        for (long value : values) {
            builder.addInts(value);
        }
        return builder.build();
    }

    static AttributeProto number(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    static AttributeProto real(String name, float value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.FLOAT)
                .setF(value)
                .build();
    }

    static AttributeProto text(String name, String value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.STRING)
                .setS(ByteString.copyFromUtf8(value))
                .build();
    }

    static AttributeProto body(String name, GraphProto graph) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.GRAPH)
                .setG(graph)
                .build();
    }

    static AttributeProto tensor(String name, Tensor value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.TENSOR)
                .setT(TensorProtos.write(name, value))
                .build();
    }

    static TensorProto initializer(String name, Tensor value) {
        return TensorProtos.write(name, value);
    }

    /** A name with its type, for example {@code f32[N,3]}; without one where the type is empty. */
    static ValueInfoProto info(String name, String type) {
        ValueInfoProto.Builder info = ValueInfoProto.newBuilder().setName(name);
        if (type.isEmpty()) {
            return info.build();
        }
        TensorType parsed = TensorType.parse(type);
        var tensor = info.getTypeBuilder().getTensorTypeBuilder();
        tensor.setElemType(parsed.element().onnxCode());
        tensor.getShapeBuilder();
        for (Dim dim : parsed.dims()) {
            var extent = tensor.getShapeBuilder().addDimBuilder();
            if (dim.isFixed()) {
                extent.setDimValue(dim.value());
            } else {
                extent.setDimParam(dim.toString());
            }
        }
        return info.build();
    }

    static byte[] model(int opset, GraphProto.Builder graph) {
        return ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset))
                .setGraph(graph.setName("hand"))
                .build()
                .toByteArray();
    }
}
