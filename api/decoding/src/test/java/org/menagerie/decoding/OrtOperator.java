package org.menagerie.decoding;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.google.protobuf.ByteString;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One operator run by ONNX Runtime: the reference that our algorithms are held against. */
final class OrtOperator {
    private final String type;
    private final Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
    private final List<String> inputNames = new ArrayList<>();
    private final List<AttributeProto> attributes = new ArrayList<>();
    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("operator");

    OrtOperator(String type) {
        this.type = type;
    }

    OrtOperator attribute(String name, String value) {
        attributes.add(AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.STRING)
                .setS(ByteString.copyFromUtf8(value))
                .build());
        return this;
    }

    OrtOperator input(String name, float[] values, long... shape) throws OrtException {
        inputs.put(name, OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), FloatBuffer.wrap(values), shape));
        return declare(name, TensorProto.DataType.FLOAT, shape.length);
    }

    /** An int64 input that the model holds, so that shapes can be inferred from it. */
    OrtOperator constant(String name, long... values) {
        inputNames.add(name);
        var tensor = TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.INT64.getNumber())
                .addDims(values.length);
        for (long value : values) {
            tensor.addInt64Data(value);
        }
        graph.addInitializer(tensor);
        return this;
    }

    float[] floats() throws OrtException {
        try (OrtSession session = session(TensorProto.DataType.FLOAT);
                OrtSession.Result result = session.run(inputs)) {
            FloatBuffer buffer = ((OnnxTensor) result.get(0)).getFloatBuffer();
            float[] values = new float[buffer.remaining()];
            buffer.get(values);
            return values;
        }
    }

    long[] longs() throws OrtException {
        try (OrtSession session = session(TensorProto.DataType.INT64);
                OrtSession.Result result = session.run(inputs)) {
            LongBuffer buffer = ((OnnxTensor) result.get(0)).getLongBuffer();
            long[] values = new long[buffer.remaining()];
            buffer.get(values);
            return values;
        }
    }

    /** Leaves an optional input away. */
    OrtOperator without() {
        inputNames.add("");
        return this;
    }

    private OrtOperator declare(String name, TensorProto.DataType elementType, int rank) {
        inputNames.add(name);
        graph.addInput(value(name, elementType, rank));
        return this;
    }

    private static ValueInfoProto value(String name, TensorProto.DataType elementType, int rank) {
        var tensor = TypeProto.Tensor.newBuilder().setElemType(elementType.getNumber());
        for (int axis = 0; axis < rank; axis++) {
            tensor.getShapeBuilder().addDimBuilder().setDimParam(name + axis);
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }

    private OrtSession session(TensorProto.DataType answer) throws OrtException {
        graph.addNode(NodeProto.newBuilder()
                .setOpType(type)
                .addAllInput(inputNames)
                .addOutput("answer")
                .addAllAttribute(attributes));
        graph.addOutput(ValueInfoProto.newBuilder()
                .setName("answer")
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder().setElemType(answer.getNumber()))));
        byte[] model = ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
                .setGraph(graph)
                .build()
                .toByteArray();
        try (var options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            return OrtEnvironment.getEnvironment().createSession(model, options);
        }
    }
}
