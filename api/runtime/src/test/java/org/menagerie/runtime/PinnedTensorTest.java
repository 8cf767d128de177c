package org.menagerie.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.menagerie.runtime.TinyModel.named;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Shape;
import org.menagerie.spi.Tensor;
import org.menagerie.spi.ZooException;

class PinnedTensorTest {
    /** One step of {@code w' = w + x}, and the sum over the batch that a trainer would log. */
    private final OnnxSession session = OnnxSession.open(
            new TinyModel()
                    .input("w", ElementType.FLOAT32, 3)
                    .input("x", ElementType.FLOAT32, "N", 3)
                    .output("w.next", ElementType.FLOAT32, 3)
                    .output("twice", ElementType.FLOAT32, "N", 3)
                    .node("ReduceSum", List.of("x", "axes"), "sum")
                    .longs("axes", 0)
                    .node("Squeeze", List.of("sum", "axes"), "flat")
                    .node("Add", List.of("w", "flat"), "w.next")
                    .node("Add", List.of("x", "x"), "twice")
                    .bytes(),
            SessionOptions.defaults().withDevice(Device.CPU));

    @AfterEach
    void close() {
        session.close();
    }

    @Test
    void pingPongsBetweenTwoBuffers() {
        Tensor x = Tensor.of(new float[] {1, 2, 3, 10, 20, 30}, 2, 3);
        try (PinnedTensor a = session.pin(Tensor.allocate(ElementType.FLOAT32, 3));
                PinnedTensor b = session.pin(Tensor.allocate(ElementType.FLOAT32, 3));
                PinnedTensor batch = session.pin(x)) {
            PinnedTensor now = a;
            PinnedTensor next = b;
            for (int step = 1; step <= 5; step++) {
                session.runPinned(Map.of("w", now, "x", batch), Map.of("w.next", next));
                assertThat(next.tensor().toFloatArray()).containsExactly(11 * step, 22 * step, 33 * step);
                PinnedTensor previous = now;
                now = next;
                next = previous;
            }
            // What is written to the tensor is what the next run reads.
            x.floats().put(0, -10);
            session.runPinned(Map.of("w", now, "x", batch), Map.of("w.next", next));
            assertThat(next.tensor().toFloatArray()).containsExactly(55, 132, 198);
        }
    }

    @Test
    void returnsOutputsWhoseShapesChange() {
        try (PinnedTensor w = session.pin(Tensor.allocate(ElementType.FLOAT32, 3));
                PinnedTensor next = session.pin(Tensor.allocate(ElementType.FLOAT32, 3))) {
            for (int batch : new int[] {4, 4, 1}) {
                try (PinnedTensor x = session.pin(Tensor.allocate(ElementType.FLOAT32, batch, 3))) {
                    Map<String, Tensor> results =
                            session.runPinned(Map.of("w", w, "x", x), Map.of("w.next", next), Set.of("twice"));
                    assertThat(results.keySet()).containsExactly("twice");
                    assertThat(named("twice", results).shape()).isEqualTo(new Shape(batch, 3));
                }
            }
            assertThatThrownBy(() -> session.runPinned(Map.of("w", w, "x", w), Map.of("w.next", next)))
                    .isInstanceOf(InvalidInputException.class);
            try (PinnedTensor x = session.pin(Tensor.allocate(ElementType.FLOAT32, 1, 3))) {
                assertThatThrownBy(() ->
                                session.runPinned(Map.of("w", w, "x", x), Map.of("w.next", next), Set.of("w.next")))
                        .isInstanceOf(InvalidInputException.class)
                        .hasMessageContaining("both written and returned");
            }
        }
    }

    @Test
    void refusesAnOutputThatSharesMemory() {
        Tensor w = Tensor.of(new float[] {1, 2, 3}, 3);
        Tensor x = Tensor.of(new float[] {4, 5, 6}, 1, 3);
        Map<String, Tensor> inputs = Map.of("w", w, "x", x);
        assertThatThrownBy(() -> session.run(inputs, Map.of("w.next", w)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "Output 'w.next' shares memory with input 'w'; give each its own buffer and swap them after the run");
        assertThatThrownBy(() -> session.run(inputs, Map.of("w.next", x.reshape(3))))
                .hasMessageContaining("shares memory with input 'x'");
        Tensor out = Tensor.allocate(ElementType.FLOAT32, 3);
        assertThatThrownBy(() -> session.run(inputs, Map.of("w.next", out, "twice", out.reshape(1, 3))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("shares memory with output");
        assertThat(w.toFloatArray()).containsExactly(1, 2, 3);
        assertThat(x.toFloatArray()).containsExactly(4, 5, 6);
    }

    @Test
    void tellsOverlappingSlicesFromNeighbours() {
        ByteBuffer arena = ByteBuffer.allocateDirect(64);
        Tensor w = Tensor.wrap(ElementType.FLOAT32, new Shape(3), arena.slice(0, 12));
        Tensor overlapping = Tensor.wrap(ElementType.FLOAT32, new Shape(3), arena.slice(8, 12));
        Tensor neighbour = Tensor.wrap(ElementType.FLOAT32, new Shape(3), arena.slice(12, 12));
        Tensor x = Tensor.wrap(ElementType.FLOAT32, new Shape(1, 3), arena.slice(40, 12));
        x.floats().put(new float[] {1, 2, 3});
        Map<String, Tensor> inputs = Map.of("w", w, "x", x);
        assertThatThrownBy(() -> session.run(inputs, Map.of("w.next", overlapping)))
                .isInstanceOf(InvalidInputException.class);
        session.run(inputs, Map.of("w.next", neighbour));
        assertThat(neighbour.toFloatArray()).containsExactly(1, 2, 3);
        assertThat(w.toFloatArray()).containsExactly(0, 0, 0);
    }

    @Test
    void refusesOutputsThatDoNotFit() {
        Map<String, Tensor> inputs =
                Map.of("w", Tensor.of(new float[3], 3), "x", Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3));
        assertThatThrownBy(() -> session.run(inputs, Map.of("w.next", Tensor.of(new double[3], 3))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "Output 'w.next' is f64[3], but the network declares w.next f32[3]: the element types differ");
        assertThatThrownBy(() -> session.run(inputs, Map.of("w.next", Tensor.of(new float[4], 4))))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> session.run(inputs, Map.of("nothing", Tensor.of(new float[3], 3))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("twice f32[N,3]");
        // The declaration lets any N pass; the run itself finds that this one has another.
        assertThatThrownBy(() -> session.run(inputs, Map.of("twice", Tensor.of(new float[9], 3, 3))))
                .isInstanceOf(ZooException.class)
                .hasMessageContaining("{3,3}")
                .hasMessageContaining("{2,3}");
        Tensor readOnly = Tensor.wrap(
                ElementType.FLOAT32, new Shape(3), ByteBuffer.allocateDirect(12).asReadOnlyBuffer());
        assertThatThrownBy(() -> session.run(inputs, Map.of("w.next", readOnly)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("read-only");
    }

    @Test
    void readsInputsFromReadOnlyMemory() {
        ByteBuffer memory = Tensor.of(new float[] {1, 2, 3}, 3).bytes().asReadOnlyBuffer();
        Tensor w = Tensor.wrap(ElementType.FLOAT32, new Shape(3), memory);
        Tensor next = named("w.next", session.run(Map.of("w", w, "x", Tensor.of(new float[3], 1, 3))));
        assertThat(next.toFloatArray()).containsExactly(1, 2, 3);
    }

    @Test
    void cannotBeUsedOnceClosed() {
        PinnedTensor w = session.pin(Tensor.allocate(ElementType.FLOAT32, 3));
        w.close();
        w.close();
        try (PinnedTensor x = session.pin(Tensor.allocate(ElementType.FLOAT32, 1, 3));
                PinnedTensor next = session.pin(Tensor.allocate(ElementType.FLOAT32, 3))) {
            assertThatThrownBy(() -> session.runPinned(Map.of("w", w, "x", x), Map.of("w.next", next)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("The pinned tensor f32[3] was closed");
        }
    }
}
