package org.menagerie.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.menagerie.graph.Architecture;
import org.menagerie.graph.Graph;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Mode;
import org.menagerie.graph.Node;
import org.menagerie.graph.Parameter;
import org.menagerie.graph.Value;
import org.menagerie.graph.onnx.OnnxModel;
import org.menagerie.graph.onnx.OnnxReader;
import org.menagerie.graph.onnx.OnnxWriter;
import org.menagerie.hub.Zoo;
import org.menagerie.hub.ZooOptions;
import org.menagerie.runtime.Device;
import org.menagerie.runtime.OnnxSession;
import org.menagerie.runtime.SessionOptions;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;

/** The weights inside the published MiniLM file, by Hugging Face's names in our BERT, give the file's vectors. */
class MiniLmLayoutTest {
    private static final SessionOptions OPTIONS =
            SessionOptions.defaults().withDevice(Device.CPU).withThreads(1);

    @Test
    void ourEncoderGivesTheFilesVectors() throws IOException {
        OnnxModel file = OnnxReader.read(RealModels.file("all-minilm-l6-v2.onnx"));
        Graph ours;
        try (Zoo zoo = Zoo.open(ZooOptions.defaults().withOffline(true))) {
            Architecture<?> bert =
                    Objects.requireNonNull(zoo.components(Architecture.class).get("bert"));
            ours = network(bert, "minilm-l6");
        }
        Map<String, Tensor> weights = byName(file);
        assertThat(weights.keySet())
                .containsExactlyInAnyOrderElementsOf(ours.parameters().keySet());
        // "The weather is lovely today." and "He drove.", padded.
        Map<String, Tensor> batch = Map.of(
                "input_ids",
                Tensor.of(
                        new long[] {101, 1996, 4633, 2003, 8403, 2651, 1012, 102, 101, 2002, 5225, 1012, 102, 0, 0, 0},
                        2,
                        8),
                "attention_mask",
                Tensor.of(new long[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0}, 2, 8),
                "token_type_ids",
                Tensor.of(new long[16], 2, 8));
        byte[] exported = OnnxWriter.toBytes(ours, Parameter.tensors(ours.parameters(), weights), Map.of());
        byte[] published = OnnxWriter.toBytes(file.graph(), file.weights(), Map.of());
        try (OnnxSession one = OnnxSession.open(exported, OPTIONS);
                OnnxSession other = OnnxSession.open(published, OPTIONS)) {
            float[] found = states(one.run(batch));
            float[] expected = states(other.run(batch));
            assertThat(java.util.Arrays.copyOf(found, 13 * 384))
                    .containsExactly(java.util.Arrays.copyOf(expected, 13 * 384), within(1e-5f));
        }
    }

    private static float[] states(Map<String, Tensor> outputs) {
        return Objects.requireNonNull(outputs.get("last_hidden_state")).toFloatArray();
    }

    private static <C extends Record> Graph network(Architecture<C> architecture, String variant) {
        GraphBuilder g = new GraphBuilder(variant, Mode.INFERENCE);
        architecture.build(g, Objects.requireNonNull(architecture.variants().get(variant)));
        return g.build();
    }

    /** The file has Hugging Face's names but for matrices, whose exporter transposed them: a matrix belongs to the bias after it. */
    private static Map<String, Tensor> byName(OnnxModel file) {
        Map<String, Tensor> named = new LinkedHashMap<>();
        Map<Value, String> products = new LinkedHashMap<>();
        for (Node node : file.graph().nodes()) {
            if (node.op().equals("MatMul")
                    && file.weights().containsKey(node.in(1).name())) {
                products.put(node.out(), node.in(1).name());
            }
        }
        for (Node node : file.graph().nodes()) {
            for (int i = 0; node.op().equals("Add") && i < 2; i++) {
                String matrix = products.get(node.in(i));
                String bias = node.in(1 - i).name();
                if (matrix != null && bias.endsWith(".bias")) {
                    Tensor weight = Objects.requireNonNull(file.weights().get(matrix));
                    named.put(bias.replace(".bias", ".weight"), transposed(weight));
                }
            }
        }
        file.weights().forEach((name, tensor) -> {
            if (!products.containsValue(name)) {
                named.put(name, tensor);
            }
        });
        return named;
    }

    private static Tensor transposed(Tensor matrix) {
        int rows = (int) matrix.shape().dim(0);
        int columns = (int) matrix.shape().dim(1);
        Tensor turned = Tensor.allocate(ElementType.FLOAT32, columns, rows);
        float[] values = matrix.toFloatArray();
        for (int i = 0; i < values.length; i++) {
            turned.floats().put(i % columns * rows + i / columns, values[i]);
        }
        return turned;
    }
}
