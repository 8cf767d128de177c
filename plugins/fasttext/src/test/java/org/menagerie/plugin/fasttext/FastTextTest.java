package org.menagerie.plugin.fasttext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.menagerie.graph.Graph;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Mode;
import org.menagerie.graph.Parameter;
import org.menagerie.graph.onnx.OnnxWriter;
import org.menagerie.runtime.OnnxSession;
import org.menagerie.runtime.SessionOptions;
import org.menagerie.spi.Tensor;
import org.menagerie.training.Weights;
import org.menagerie.training.data.Column;

/** The network beside a loop over its words. */
class FastTextTest {
    private static final int BUCKETS = 20;
    private static final int WIDTH = 4;
    private static final int CLASSES = 3;

    @Test
    void aTextIsTheMeanOfItsWords() {
        long[][] texts = {{3, 7, 3, 0, 0}, {19, 1, 2, 4, 5}, {0, 0, 0, 0, 0}};
        GraphBuilder g = new GraphBuilder("text", Mode.INFERENCE);
        new FastText().build(g, new FastText.Config(CLASSES, BUCKETS, WIDTH, null, null));
        Graph graph = g.build();
        Map<String, Tensor> weights = Weights.initial(graph.parameters(), 5);
        Tensor tokens =
                Tensor.of(Stream.of(texts).flatMapToLong(LongStream::of).toArray(), texts.length, texts[0].length);
        try (OnnxSession session = OnnxSession.open(
                OnnxWriter.toBytes(graph, Parameter.tensors(graph.parameters(), weights), Map.of()),
                SessionOptions.defaults())) {
            float[] logits =
                    Column.in(session.run(Map.of("tokens", tokens)), "logits").toFloatArray();

            for (int text = 0; text < texts.length; text++) {
                for (int row = 0; row < CLASSES; row++) {
                    assertThat(logits[text * CLASSES + row]).isCloseTo(logit(weights, texts[text], row), within(1e-6f));
                }
            }
        }
    }

    /** The score of a class: its bias and the mean of its products with the words that are there. */
    private static float logit(Map<String, Tensor> weights, long[] text, int row) {
        float[] table = Column.in(weights, "embedding.weight").toFloatArray();
        float[] matrix = Column.in(weights, "out.weight").toFloatArray();
        double sum = 0;
        int words = 0;
        for (long word : text) {
            if (word != 0) {
                words++;
                for (int i = 0; i < WIDTH; i++) {
                    sum += table[(int) word * WIDTH + i] * matrix[row * WIDTH + i];
                }
            }
        }
        return (float) (Column.in(weights, "out.bias").toFloatArray()[row] + sum / Math.max(1, words));
    }
}
