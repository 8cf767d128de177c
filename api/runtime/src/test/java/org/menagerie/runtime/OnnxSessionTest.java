package org.menagerie.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.menagerie.runtime.TinyModel.named;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Shape;
import org.menagerie.spi.Tensor;
import org.menagerie.spi.ZooException;

class OnnxSessionTest {
    private static final SessionOptions CPU = SessionOptions.defaults().withDevice(Device.CPU);

    @TempDir
    Path folder;

    @Test
    void runsBatchesOfAnySizeAndDescribesItself() {
        try (OnnxSession session = OnnxSession.open(TinyModel.doubling(), CPU)) {
            assertThat(session.inputs()).hasToString("[x f32[N,3]]");
            assertThat(session.outputs()).hasToString("[y f32[N,3]]");
            assertThat(session.device()).isEqualTo("cpu");
            assertThat(session.metadata()).containsExactly(Map.entry("architecture", "tiny"));
            for (int batch : new int[] {1, 5, 2, 0}) {
                float[] values = new float[3 * batch];
                float[] doubled = new float[3 * batch];
                for (int i = 0; i < values.length; i++) {
                    values[i] = i - 1.5f;
                    doubled[i] = 2 * i - 3f;
                }
                Tensor y = named("y", session.run(Map.of("x", Tensor.of(values, batch, 3))));
                assertThat(y.shape()).isEqualTo(new Shape(batch, 3));
                assertThat(y.toFloatArray()).isEqualTo(doubled);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(ElementType.class)
    void carriesEachElementTypeBitForBit(ElementType type) {
        byte[] model = new TinyModel()
                .input("x", type, "N")
                .output("y", type, "N")
                .node("Identity", List.of("x"), "y")
                .bytes();
        Tensor x = Tensor.allocate(type, 4);
        for (int i = 0; i < x.bytes().capacity(); i++) {
            x.bytes().put(i, (byte) (type == ElementType.BOOL ? i % 2 : 37 * i + 11));
        }
        try (OnnxSession session = OnnxSession.open(model, CPU)) {
            Tensor y = named("y", session.run(Map.of("x", x)));
            assertThat(y.elementType()).isEqualTo(type);
            assertThat(y.bytes()).isEqualTo(x.bytes());
            Tensor mine = Tensor.allocate(type, 4);
            if (type == ElementType.UINT16 || type == ElementType.UINT32 || type == ElementType.UINT64) {
                assertThatThrownBy(() -> session.run(Map.of("x", x), Map.of("y", mine)))
                        .isInstanceOf(InvalidInputException.class)
                        .hasMessageContaining(type.shortName())
                        .hasMessageContaining("let the run return it");
                return;
            }
            session.run(Map.of("x", x), Map.of("y", mine));
            assertThat(mine.bytes()).isEqualTo(x.bytes());
        }
    }

    @Test
    void returnsUnsignedOutputs() {
        byte[] model = new TinyModel()
                .input("a", ElementType.UINT8, "N")
                .output("y", ElementType.UINT8, "N")
                .output("n", ElementType.INT64, 1)
                .node("Identity", List.of("a"), "y")
                .node("Shape", List.of("a"), "n")
                .bytes();
        Tensor bytes = Tensor.allocate(ElementType.UINT8, 300);
        bytes.bytes().put(299, (byte) 255);
        try (OnnxSession session = OnnxSession.open(model, CPU)) {
            Map<String, Tensor> results = session.run(Map.of("a", bytes));
            assertThat(named("n", results).toLongArray()).containsExactly(300);
            assertThat(named("y", results).bytes()).isEqualTo(bytes.bytes());
            assertThat(results.keySet()).containsExactly("y", "n");
        }
    }

    @Test
    void readsScalarsAndShapesThatNobodyDeclared() {
        byte[] model = new TinyModel()
                .input("x", ElementType.FLOAT32, "", 2)
                .input("scale", ElementType.FLOAT32)
                .output("y", ElementType.FLOAT32, "", 2)
                .output("sum", ElementType.FLOAT32)
                .node("Mul", List.of("x", "scale"), "y")
                .node("ReduceSum", List.of("y"), "total")
                .node("Squeeze", List.of("total"), "sum")
                .bytes();
        try (OnnxSession session = OnnxSession.open(model, CPU)) {
            assertThat(session.inputs()).hasToString("[x f32[?,2], scale f32[]]");
            Map<String, Tensor> results =
                    session.run(Map.of("x", Tensor.of(new float[] {1, 2, 3, 4}, 2, 2), "scale", Tensor.scalar(10f)));
            assertThat(named("y", results).toFloatArray()).containsExactly(10, 20, 30, 40);
            assertThat(named("sum", results).toFloatArray()).containsExactly(100);
            assertThat(named("sum", results).shape()).isEqualTo(Shape.SCALAR);
        }
    }

    /** Published graphs exist whose outputs have other shapes than they declare; ONNX Runtime itself runs them. */
    @Test
    void believesTheOutputRatherThanItsDeclaration() {
        byte[] model = new TinyModel()
                .input("a", ElementType.FLOAT32, "N", 1)
                .input("b", ElementType.FLOAT32, 1, "M")
                .output("y", ElementType.FLOAT32, "N", "N")
                .node("Mul", List.of("a", "b"), "y")
                .bytes();
        Map<String, Tensor> inputs =
                Map.of("a", Tensor.of(new float[] {1, 2}, 2, 1), "b", Tensor.of(new float[] {1, 10, 100}, 1, 3));
        try (OnnxSession session = OnnxSession.open(model, CPU)) {
            for (int i = 0; i < 2; i++) {
                Tensor y = named("y", session.run(inputs));
                assertThat(y.shape()).isEqualTo(new Shape(2, 3));
                assertThat(y.toFloatArray()).containsExactly(1, 10, 100, 2, 20, 200);
            }
        }
    }

    @Test
    void returnedTensorsAreNeverWrittenAgain() {
        try (OnnxSession session = OnnxSession.open(TinyModel.doubling(), CPU)) {
            Tensor first = named("y", session.run(Map.of("x", Tensor.of(new float[] {1, 2, 3}, 1, 3))));
            session.run(Map.of("x", Tensor.of(new float[] {7, 7, 7}, 1, 3)));
            assertThat(first.toFloatArray()).containsExactly(2, 4, 6);
        }
    }

    @Test
    void runsOnlyTheOutputsAskedFor() {
        byte[] model = new TinyModel()
                .input("x", ElementType.FLOAT32, 2)
                .output("double", ElementType.FLOAT32, 2)
                .output("square", ElementType.FLOAT32, 2)
                .node("Add", List.of("x", "x"), "double")
                .node("Mul", List.of("x", "x"), "square")
                .bytes();
        Map<String, Tensor> inputs = Map.of("x", Tensor.of(new float[] {3, 4}, 2));
        try (OnnxSession session = OnnxSession.open(model, CPU)) {
            Map<String, Tensor> results = session.run(inputs, Set.of("square"));
            assertThat(results.keySet()).containsExactly("square");
            assertThat(named("square", results).toFloatArray()).containsExactly(9, 16);
            assertThatThrownBy(() -> session.run(inputs, Set.of("cube")))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage("The network has no output 'cube'; it has [double f32[2], square f32[2]]");
            assertThatThrownBy(() -> session.run(inputs, Set.of())).isInstanceOf(InvalidInputException.class);
        }
    }

    @Test
    void refusesInputsThatDoNotFit() {
        try (OnnxSession session = OnnxSession.open(TinyModel.doubling(), CPU)) {
            refuses(session, Map.of(), "The network needs input x f32[N,3]; given were []");
            refuses(
                    session,
                    Map.of("x", Tensor.of(new float[3], 1, 3), "z", Tensor.of(new float[3], 1, 3)),
                    "The network has no input 'z'; it has [x f32[N,3]]");
            refuses(
                    session,
                    Map.of("x", Tensor.of(new double[3], 1, 3)),
                    "Input 'x' is f64[1,3], but the network declares x f32[N,3]: the element types differ");
            refuses(
                    session,
                    Map.of("x", Tensor.of(new float[3], 3)),
                    "Input 'x' is f32[3], but the network declares x f32[N,3]: the ranks differ: 1 and 2");
            refuses(
                    session,
                    Map.of("x", Tensor.of(new float[4], 1, 4)),
                    "Input 'x' is f32[1,4], but the network declares x f32[N,3]: axis 1 is 4, not 3");
        }
    }

    private static void refuses(OnnxSession session, Map<String, Tensor> inputs, String message) {
        assertThatThrownBy(() -> session.run(inputs))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(message);
    }

    @Test
    void failsWithOneSentenceWhereShapesClashInside() {
        byte[] model = new TinyModel()
                .input("a", ElementType.FLOAT32, "N")
                .input("b", ElementType.FLOAT32, "M")
                .output("y", ElementType.FLOAT32, "N")
                .node("Add", List.of("a", "b"), "y")
                .bytes();
        try (OnnxSession session = OnnxSession.open(model, CPU)) {
            assertThatThrownBy(
                            () -> session.run(Map.of("a", Tensor.of(new float[3], 3), "b", Tensor.of(new float[4], 4))))
                    .isInstanceOf(ZooException.class)
                    .hasMessageContaining("failed to run")
                    .hasMessageNotContaining("\n");
        }
    }

    @Test
    void readsExternalDataBesideTheFileAndNowhereElse() throws IOException {
        ByteBuffer weights = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
        weights.putFloat(1).putFloat(10).putFloat(100);
        Files.createDirectory(folder.resolve("model"));
        Files.write(folder.resolve("model/weights.bin"), weights.array());
        Files.write(folder.resolve("outside.bin"), weights.array());

        Path inside = Files.write(folder.resolve("model/inside.onnx"), scaledBy("weights.bin"));
        try (OnnxSession session = OnnxSession.open(inside, CPU)) {
            Tensor y = named("y", session.run(Map.of("x", Tensor.of(new float[] {1, 2, 3}, 1, 3))));
            assertThat(y.toFloatArray()).containsExactly(1, 20, 300);
        }
        Path missing = Files.write(folder.resolve("model/missing.onnx"), scaledBy("no-such.bin"));
        assertThatThrownBy(() -> OnnxSession.open(missing, CPU))
                .isInstanceOf(ZooException.class)
                .hasMessageContaining("no-such.bin");
        Path escaping = Files.write(folder.resolve("model/escaping.onnx"), scaledBy("../outside.bin"));
        assertThatThrownBy(() -> OnnxSession.open(escaping, CPU)).isInstanceOf(ZooException.class);
        Path absolute = Files.write(
                folder.resolve("model/absolute.onnx"),
                scaledBy(folder.resolve("outside.bin").toString()));
        assertThatThrownBy(() -> OnnxSession.open(absolute, CPU)).isInstanceOf(ZooException.class);
    }

    private static byte[] scaledBy(String location) {
        return new TinyModel()
                .input("x", ElementType.FLOAT32, "N", 3)
                .output("y", ElementType.FLOAT32, "N", 3)
                .externalWeight("w", location, 3)
                .node("Mul", List.of("x", "w"), "y")
                .bytes();
    }

    @Test
    void refusesFilesThatAreNoModels() throws IOException {
        byte[] whole = new TinyModel()
                .input("x", ElementType.FLOAT32, "N", 3)
                .output("y", ElementType.FLOAT32, "N", 3)
                .weight("w", new float[3000], 1000, 3)
                .node("Add", List.of("x", "w"), "y")
                .bytes();
        for (int length : new int[] {0, 1, 10, whole.length / 2, whole.length - 1}) {
            Path truncated = Files.write(folder.resolve("truncated.onnx"), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> OnnxSession.open(truncated, CPU))
                    .as("%d bytes", length)
                    .isInstanceOf(ZooException.class)
                    .hasMessageStartingWith("Model file " + truncated + " cannot be loaded as an ONNX model")
                    .hasMessageNotContaining("\n");
            assertThatThrownBy(() -> OnnxSession.open(Arrays.copyOf(whole, length), CPU))
                    .isInstanceOf(ZooException.class);
        }
        Path text = Files.writeString(folder.resolve("text.onnx"), "This is no model.");
        assertThatThrownBy(() -> OnnxSession.open(text, CPU)).isInstanceOf(ZooException.class);
        Path missing = folder.resolve("missing.onnx");
        assertThatThrownBy(() -> OnnxSession.open(missing, CPU))
                .isInstanceOf(ZooException.class)
                .hasMessage("Model file " + missing + " does not exist");
        assertThatThrownBy(() -> OnnxSession.open(folder, CPU))
                .isInstanceOf(ZooException.class)
                .hasMessage("Model file " + folder + " is not a readable file");
    }

    @Test
    void namesAnOperatorThatItLacks() {
        byte[] model = new TinyModel()
                .input("x", ElementType.FLOAT32, 1)
                .output("y", ElementType.FLOAT32, 1)
                .node("Frobnicate", List.of("x"), "y")
                .bytes();
        assertThatThrownBy(() -> OnnxSession.open(model, CPU))
                .isInstanceOf(ZooException.class)
                .hasMessageContaining("Frobnicate");
    }

    @Test
    void recordsAProfileOnce() throws IOException {
        try (OnnxSession session = OnnxSession.open(TinyModel.doubling(), CPU.withProfiling(true))) {
            session.run(Map.of("x", Tensor.of(new float[3], 1, 3)));
            Path profile = session.endProfiling();
            assertThat(Files.readString(profile)).contains("\"y_kernel_time\"");
            Files.delete(profile);
            assertThatThrownBy(session::endProfiling).isInstanceOf(IllegalStateException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(Optimization.class)
    void answersAlikeUnderAllOptions(Optimization optimization) {
        SessionOptions options = CPU.withOptimization(optimization)
                .withThreads(2)
                .withSpinning(false)
                .withArena(false);
        try (OnnxSession session = OnnxSession.open(TinyModel.doubling(), options)) {
            Tensor y = named("y", session.run(Map.of("x", Tensor.of(new float[] {1, 2, 3}, 1, 3))));
            assertThat(y.toFloatArray()).containsExactly(2, 4, 6);
        }
    }
}
