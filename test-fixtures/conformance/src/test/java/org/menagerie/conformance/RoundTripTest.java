package org.menagerie.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Mode;
import org.menagerie.graph.onnx.OnnxReader;
import org.menagerie.graph.onnx.OnnxWriter;
import org.menagerie.spi.Tensor;

/** A graph built in Java, written, read and written again, runs the same. */
class RoundTripTest {
    @Test
    void linearLayer() {
        GraphBuilder g = new GraphBuilder("line", Mode.INFERENCE);
        g.output("y", g.linear("out", g.input("x", "f32[N,2]"), 1));
        Map<String, Tensor> weights =
                Map.of("out.weight", Tensor.of(new float[] {2, 3}, 1, 2), "out.bias", Tensor.of(new float[] {0.5f}, 1));
        byte[] written = OnnxWriter.toBytes(g.build(), weights, Map.of("origin", "test"));
        Map<String, Tensor> inputs = Map.of("x", Tensor.of(new float[] {1, 1, -1, 4}, 2, 2));

        Tensor y =
                Objects.requireNonNull(Runs.run(Runs.rewritten(written), inputs).get("y"));

        assertThat(y.toFloatArray()).containsExactly(5.5f, 10.5f);
        assertThat(OnnxReader.read(written).metadata()).containsEntry("origin", "test");
        assertThat(OnnxReader.read(written).graph().parameters()).containsOnlyKeys("out.weight", "out.bias");
    }
}
