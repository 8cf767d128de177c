package org.menagerie.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Tensor;
import org.menagerie.spi.ZooException;

/** External data is found wherever a tensor may stand, and the structure of a file is told from anything else. */
class OnnxFileTest {
    @TempDir
    Path temp;

    private static OnnxMl.TensorProto tensor(String location) {
        return OnnxMl.TensorProto.newBuilder()
                .setName("w")
                .setDataType(1)
                .addDims(1)
                .setDataLocation(OnnxMl.TensorProto.DataLocation.EXTERNAL)
                .addExternalData(OnnxMl.StringStringEntryProto.newBuilder()
                        .setKey("offset")
                        .setValue("0"))
                .addExternalData(OnnxMl.StringStringEntryProto.newBuilder()
                        .setKey("location")
                        .setValue(location))
                .build();
    }

    /** One tensor in each place: a graph's list, an attribute, a graph in an attribute, sparse values, a function. */
    private static byte[] everywhere() {
        OnnxMl.AttributeProto value = OnnxMl.AttributeProto.newBuilder()
                .setName("value")
                .setT(tensor("attribute"))
                .addTensors(tensor("attributes"))
                .build();
        OnnxMl.AttributeProto branch = OnnxMl.AttributeProto.newBuilder()
                .setName("then_branch")
                .setG(OnnxMl.GraphProto.newBuilder()
                        .addInitializer(tensor("inner"))
                        .addNode(OnnxMl.NodeProto.newBuilder().addAttribute(value)))
                .build();
        return OnnxMl.ModelProto.newBuilder()
                .setIrVersion(8)
                .setGraph(OnnxMl.GraphProto.newBuilder()
                        .addInitializer(tensor("plain"))
                        .addInitializer(OnnxMl.TensorProto.newBuilder()
                                .setName("v")
                                .setRawData(ByteString.copyFrom(new byte[100_000])))
                        .addSparseInitializer(
                                OnnxMl.SparseTensorProto.newBuilder().setValues(tensor("sparse")))
                        .addNode(OnnxMl.NodeProto.newBuilder().addAttribute(branch)))
                .addFunctions(OnnxMl.FunctionProto.newBuilder()
                        .addNode(OnnxMl.NodeProto.newBuilder()
                                .addAttribute(OnnxMl.AttributeProto.newBuilder().setT(tensor("function")))))
                .build()
                .toByteArray();
    }

    @Test
    void externalDataIsFoundWhereverItStands() throws IOException {
        byte[] model = everywhere();
        assertThat(OnnxFile.read(model).externalData())
                .containsExactlyInAnyOrder("plain", "sparse", "inner", "attribute", "attributes", "function");
        Path file = Files.write(temp.resolve("m.onnx"), model);
        assertThat(OnnxFile.read(file)).isEqualTo(OnnxFile.read(model));
        assertThatThrownBy(() -> OnnxSession.open(model, SessionOptions.defaults()))
                .isInstanceOf(ZooException.class)
                .hasMessageContaining("keeps weights in another file");
    }

    @Test
    void aFileThatLeadsOutOfItsFolderIsRefused() throws IOException {
        Files.write(temp.resolve("secret"), new byte[4]);
        Path folder = Files.createDirectories(temp.resolve("models"));
        for (String location :
                new String[] {"../secret", "/etc/passwd", "a/../../secret", "*/_ORT_MEM_ADDR_/*", "..\\secret", ""}) {
            byte[] model = OnnxMl.ModelProto.newBuilder()
                    .setGraph(OnnxMl.GraphProto.newBuilder().addInitializer(tensor(location)))
                    .build()
                    .toByteArray();
            Path file = Files.write(folder.resolve("m.onnx"), model);
            assertThatThrownBy(() -> OnnxSession.open(file, SessionOptions.defaults()))
                    .as(location)
                    .isInstanceOf(ZooException.class)
                    .hasMessageContaining("only files in the model's own folder are read");
        }
    }

    @Test
    void everyCutIsSeenAndNothingElseIsAModel() {
        byte[] model = everywhere();
        for (int length = 0; length < model.length; length += length < 300 ? 1 : 997) {
            assertThat(OnnxFile.read(Arrays.copyOf(model, length)).isModel())
                    .as("%d bytes", length)
                    .isFalse();
        }
        for (String text : new String[] {
            "", "<!DOCTYPE html>", "{\"error\": 1}", "version https://git-lfs.github.com/spec/v1\n", "PK\3\4", "x"
        }) {
            assertThat(OnnxFile.read(text.getBytes(StandardCharsets.UTF_8)).isModel())
                    .as(text)
                    .isFalse();
        }
        Random random = new Random(1);
        for (int i = 0; i < 2000; i++) {
            byte[] damaged = model.clone();
            damaged[random.nextInt(400)] = (byte) random.nextInt(256);
            assertThat(OnnxFile.read(damaged)).isNotNull();
        }
    }

    /** An output that Java cannot hold is refused by its declared shape, before anything is allocated for it. */
    @Test
    void anOutputPastTwoGibibytesIsNamed() {
        for (long[] dims : new long[][] {{60_000, 20_000}, {1L << 40, 1L << 40}}) {
            byte[] model = expanding(dims);
            try (OnnxSession session =
                    OnnxSession.open(model, SessionOptions.defaults().withDevice(Device.CPU))) {
                assertThatThrownBy(() -> session.run(Map.of("x", Tensor.of(new float[] {1}, 1, 1))))
                        .isInstanceOf(InvalidInputException.class)
                        .hasMessageContaining("Output 'y' would be f32[%d,%d]".formatted(dims[0], dims[1]))
                        .hasMessageContaining("at most 2,147,483,647");
            }
        }
    }

    /** {@code y = Expand(x, dims)}, declared so. */
    private static byte[] expanding(long... dims) {
        return OnnxMl.ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OnnxMl.OperatorSetIdProto.newBuilder().setVersion(17))
                .setGraph(OnnxMl.GraphProto.newBuilder()
                        .setName("g")
                        .addInput(value("x", 1, 1))
                        .addOutput(value("y", dims))
                        .addInitializer(OnnxMl.TensorProto.newBuilder()
                                .setName("shape")
                                .setDataType(7)
                                .addDims(2)
                                .addInt64Data(dims[0])
                                .addInt64Data(dims[1]))
                        .addNode(OnnxMl.NodeProto.newBuilder()
                                .setOpType("Expand")
                                .addInput("x")
                                .addInput("shape")
                                .addOutput("y")))
                .build()
                .toByteArray();
    }

    private static OnnxMl.ValueInfoProto value(String name, long... dims) {
        OnnxMl.TensorShapeProto.Builder shape = OnnxMl.TensorShapeProto.newBuilder();
        for (long dim : dims) {
            shape.addDim(OnnxMl.TensorShapeProto.Dimension.newBuilder().setDimValue(dim));
        }
        return OnnxMl.ValueInfoProto.newBuilder()
                .setName(name)
                .setType(OnnxMl.TypeProto.newBuilder()
                        .setTensorType(OnnxMl.TypeProto.Tensor.newBuilder()
                                .setElemType(1)
                                .setShape(shape)))
                .build();
    }
}
