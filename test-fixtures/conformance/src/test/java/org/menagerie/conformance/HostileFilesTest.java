package org.menagerie.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.GraphException;
import org.menagerie.graph.Mode;
import org.menagerie.graph.onnx.OnnxReader;
import org.menagerie.graph.onnx.OnnxWriter;
import org.menagerie.spi.Tensor;

/** Damaged and malicious files end in one sentence: no crash, no memory taken for what is not there. */
class HostileFilesTest {
    @TempDir
    Path folder;

    @Test
    void everyTruncationAndManyFlippedBytes() {
        byte[] model = layer();
        Random random = new Random(3);
        for (int i = 0; i < 2_000; i++) {
            byte[] damaged = i < model.length ? Arrays.copyOf(model, i) : model.clone();
            if (i >= model.length) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            try {
                assertThat(OnnxReader.read(damaged).graph()).isNotNull();
            } catch (GraphException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
    }

    @Test
    void randomBytes() {
        byte[] noise = new byte[4096];
        new Random(1).nextBytes(noise);
        assertRefused(noise, "not an ONNX model");
        assertRefused(new byte[0], "not an ONNX model");
    }

    @Test
    void anEnormousTensorWithoutData() {
        TensorProto huge = TensorProto.newBuilder()
                .setName("huge")
                .setDataType(1)
                .addDims(1L << 29)
                .build();
        assertRefused(model(GraphProto.newBuilder().addInitializer(huge)), "'huge'", "536,870,912");
        TensorProto impossible = huge.toBuilder().addDims(1L << 40).build();
        assertRefused(model(GraphProto.newBuilder().addInitializer(impossible)), "impossible shape");
    }

    @Test
    void aCycle() {
        assertRefused(model(GraphProto.newBuilder().addNode(relu("b", "a")).addNode(relu("a", "b"))), "has a cycle");
    }

    @Test
    void nodesInTheWrongOrderAreSorted() {
        byte[] model = model(GraphProto.newBuilder()
                .setName("reversed")
                .addInput(ValueInfoProto.newBuilder()
                        .setName("x")
                        .setType(TypeProto.newBuilder()
                                .setTensorType(TypeProto.Tensor.newBuilder()
                                        .setElemType(1)
                                        .setShape(ai.onnx.proto.OnnxMl.TensorShapeProto.getDefaultInstance()))))
                .addNode(relu("b", "c"))
                .addNode(relu("x", "b"))
                .addOutput(ValueInfoProto.newBuilder().setName("c")));
        assertThat(OnnxReader.read(model).graph().output("c").type()).hasToString("f32[]");
    }

    @Test
    void aNameThatNothingGives() {
        assertRefused(model(GraphProto.newBuilder().addNode(relu("nowhere", "y"))), "'nowhere'");
    }

    @Test
    void externalDataOutsideTheFolder() throws IOException {
        Files.write(folder.resolve("secret"), new byte[16]);
        Path inner = Files.createDirectory(folder.resolve("inner"));
        for (String location :
                new String[] {"../secret", folder.resolve("secret").toString()}) {
            assertExternalRefused(inner, location, "outside the model's folder");
        }
        Files.createSymbolicLink(inner.resolve("link"), folder.resolve("secret"));
        assertExternalRefused(inner, "link", "outside the model's folder");
        Files.write(inner.resolve("short"), new byte[4]);
        assertExternalRefused(inner, "short", "has 4 bytes");
        assertExternalRefused(inner, "absent", "cannot be read");
    }

    @Test
    void unreadOpsets() {
        ModelProto model = ModelProto.newBuilder()
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(99))
                .setGraph(GraphProto.getDefaultInstance())
                .build();
        assertRefused(model.toByteArray(), "opset 99", "7 to 21");
    }

    private static void assertExternalRefused(Path folder, String location, String message) throws IOException {
        TensorProto tensor = TensorProto.newBuilder()
                .setName("w")
                .setDataType(1)
                .addDims(4)
                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(
                        StringStringEntryProto.newBuilder().setKey("location").setValue(location))
                .build();
        Path file = Files.write(
                folder.resolve("m.onnx"), model(GraphProto.newBuilder().addInitializer(tensor)));
        assertThatThrownBy(() -> OnnxReader.read(file))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining(message);
    }

    private static void assertRefused(byte[] bytes, String... messages) {
        assertThatThrownBy(() -> OnnxReader.read(bytes))
                .isInstanceOf(GraphException.class)
                .hasMessageContainingAll(messages);
    }

    private static NodeProto relu(String in, String out) {
        return NodeProto.newBuilder()
                .setOpType("Relu")
                .addInput(in)
                .addOutput(out)
                .build();
    }

    private static byte[] model(GraphProto.Builder graph) {
        return ModelProto.newBuilder()
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
                .setGraph(graph)
                .build()
                .toByteArray();
    }

    private static byte[] layer() {
        GraphBuilder g = new GraphBuilder("layer", Mode.INFERENCE);
        g.output("y", g.reshape(g.linear("l", g.input("x", "f32[N,2]"), 3), -1));
        return OnnxWriter.toBytes(
                g.build(),
                java.util.Map.of("l.weight", Tensor.of(new float[6], 3, 2), "l.bias", Tensor.of(new float[3], 3)),
                java.util.Map.of());
    }
}
