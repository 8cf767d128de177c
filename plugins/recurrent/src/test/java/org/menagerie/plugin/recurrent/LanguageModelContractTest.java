package org.menagerie.plugin.recurrent;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.menagerie.contract.ArchitectureContract;
import org.menagerie.contract.Specimen;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Network;
import org.menagerie.spi.Tensor;

class LanguageModelContractTest extends ArchitectureContract<LanguageModel.Config> {
    private static final int CLASSES = 6;
    private static final int LENGTH = 7;

    @Override
    protected Specimen<LanguageModel.Config> specimen() {
        return new Specimen<>(
                new LanguageModel(),
                new LanguageModel.Config(Cell.LSTM, CLASSES, 5, 8, 2, 0.1, 0),
                1_140,
                LanguageModelContractTest::batch,
                Map.of("logits", new float[] {-0.375794f, -0.342200f, -0.176638f, 0.006575f, 0.041465f, -0.184670f}),
                0.02,
                LanguageModelContractTest::together);
    }

    /** Texts in which each token is the one before and a step of one or two more. */
    private static Map<String, Tensor> batch(int size, RandomGenerator random) {
        Tensor text = Tensor.allocate(ElementType.INT64, size, LENGTH);
        for (int i = 0; i < size; i++) {
            int token = random.nextInt(CLASSES);
            for (int at = 0; at < LENGTH; at++) {
                text.longs().put(i * LENGTH + at, token);
                token = (token + 1 + random.nextInt(2)) % CLASSES;
            }
        }
        return Map.of("text", text);
    }

    /** The prompt network for the first token, then the step for each of the others. */
    private static Map<String, Tensor> together(Map<String, Network> networks, Map<String, Tensor> batch) {
        Tensor text = in(batch, "text");
        int rows = (int) text.shape().dim(0);
        Tensor logits = Tensor.allocate(ElementType.FLOAT32, rows, LENGTH - 1, CLASSES);
        Map<String, Tensor> outputs = in(networks, "prompt").run(Map.of("prompt", Tensor.of(column(text, 0), rows, 1)));
        for (int t = 0; t < LENGTH - 1; t++) {
            if (t > 0) {
                String prefix = t == 1 ? "" : "next_";
                Map<String, Tensor> fed = new LinkedHashMap<>();
                fed.put("token", Tensor.of(column(text, t), rows));
                fed.put("hidden", in(outputs, prefix + "hidden"));
                fed.put("cell", in(outputs, prefix + "cell"));
                outputs = in(networks, "step").run(fed);
            }
            float[] found = in(outputs, "logits").toFloatArray();
            for (int row = 0; row < rows; row++) {
                logits.floats().put((row * (LENGTH - 1) + t) * CLASSES, found, row * CLASSES, CLASSES);
            }
        }
        return Map.of("logits", logits);
    }

    private static long[] column(Tensor text, int at) {
        long[] column = new long[(int) text.shape().dim(0)];
        for (int row = 0; row < column.length; row++) {
            column[row] = text.longs().get(row * LENGTH + at);
        }
        return column;
    }

    private static <T> T in(Map<String, T> map, String name) {
        return Objects.requireNonNull(map.get(name), name);
    }

    @Override
    protected List<String> labels() {
        return List.of("a", "b", "c", "d", "e", "f");
    }
}
