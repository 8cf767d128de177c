package org.menagerie.conformance.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.menagerie.graph.Graph;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Mode;
import org.menagerie.graph.Value;
import org.menagerie.graph.gradient.Gradients;
import org.menagerie.graph.onnx.OnnxWriter;
import org.menagerie.runtime.Device;
import org.menagerie.runtime.OnnxSession;
import org.menagerie.runtime.SessionOptions;
import org.menagerie.spi.Tensor;

/** Of y = x · detach(x²), the gradient is x²; of its slope again, 0. */
class DetachTest {
    private static Graph cube() {
        GraphBuilder g = new GraphBuilder("cube", Mode.TRAINING);
        Value x = g.input("x", "f32[2]");
        g.output("y", g.sum(g.mul(x, g.detach(g.square(x)))));
        return g.build();
    }

    private static float[] run(GraphBuilder g, String output) {
        SessionOptions options =
                SessionOptions.defaults().withDevice(Device.CPU).withThreads(1);
        try (OnnxSession session = OnnxSession.open(OnnxWriter.toBytes(g.build(), Map.of(), Map.of()), options)) {
            Map<String, Tensor> outputs = session.run(Map.of("x", Tensor.of(new float[] {2, -3}, 2)));
            return Objects.requireNonNull(outputs.get(output)).toFloatArray();
        }
    }

    @Test
    void gradientsTakeItAsAConstantAndForwardItIsTheValue() {
        GraphBuilder g = GraphBuilder.extending(cube(), Mode.TRAINING);
        List<Value> x = g.build().inputs();
        Value dx = Gradients.of(g, g.output("y"), x).get(0);
        g.output("dx", dx);
        g.output("ddx", Gradients.of(g, g.sum(dx), x).get(0));
        assertThat(run(g, "y")).containsExactly(8 - 27);
        assertThat(run(g, "dx")).containsExactly(4, 9);
        assertThat(run(g, "ddx")).containsExactly(0, 0);
    }

    @Test
    void aCopyIsDetachedToo() {
        GraphBuilder g = new GraphBuilder("copy", Mode.TRAINING);
        Value x = g.input("x", "f32[2]");
        Graph cube = cube();
        Value y = Objects.requireNonNull(
                g.inline(cube, Map.of(cube.inputs().get(0), x)).get("y"));
        g.output("dx", Gradients.of(g, y, List.of(x)).get(0));
        assertThat(run(g, "dx")).containsExactly(4, 9);
    }

    @Test
    void aValueBetweenCanBeGiven() {
        GraphBuilder g = new GraphBuilder("given", Mode.TRAINING);
        Value x = g.input("x", "f32[2]");
        Graph cube = cube();
        Value detached = cube.nodes().stream()
                .flatMap(node -> node.outputs().stream())
                .filter(Value::isDetached)
                .findFirst()
                .orElseThrow();
        Value one = g.fullLike(x, 1);
        g.output(
                "y",
                Objects.requireNonNull(g.inline(cube, Map.of(cube.inputs().get(0), x, detached, one))
                        .get("y")));
        assertThat(run(g, "y")).containsExactly(2 - 3);
    }
}
