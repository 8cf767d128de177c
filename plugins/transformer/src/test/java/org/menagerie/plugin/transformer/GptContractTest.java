package org.menagerie.plugin.transformer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.menagerie.contract.ArchitectureContract;
import org.menagerie.contract.Specimen;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Network;
import org.menagerie.spi.Tensor;
import org.menagerie.training.data.Column;

class GptContractTest extends ArchitectureContract<Gpt.Config> {
    @Override
    protected Specimen<Gpt.Config> specimen() {
        return new Specimen<>(
                new Gpt(),
                new Gpt.Config(Batches.CLASSES, 8, 16, 2, 2, 0.1),
                6_816,
                Batches::texts,
                Map.of("logits", new float[] {-0.067830f, -0.139345f, 0.415022f, -0.113793f, 0.059782f, -0.046579f}),
                0.01,
                GptContractTest::together);
    }

    @Override
    protected List<Column> columns() {
        return List.of(Column.of("text", "i64[B,T]"));
    }

    /** Two tokens as a prompt, whose last logits count, and the others step by step; the first ones come from a prompt of one. */
    private static Map<String, Tensor> together(Map<String, Network> networks, Map<String, Tensor> batch) {
        Tensor text = Stepping.in(batch, "text");
        int rows = (int) text.shape().dim(0);
        int length = (int) text.shape().dim(1);
        Map<String, Tensor> one = prompt(networks, text, 1);
        Map<String, Tensor> two = new LinkedHashMap<>(prompt(networks, text, 2));
        Tensor second = Stepping.in(two, "logits");
        two.remove("logits");
        Tensor rest =
                Stepping.logits(Stepping.in(networks, "step"), text, 2, length - 1, Batches.CLASSES, Map.of(), two);
        Tensor logits = Tensor.allocate(ElementType.FLOAT32, rows, length - 1, Batches.CLASSES);
        for (int row = 0; row < rows; row++) {
            put(logits, row, 0, Stepping.in(one, "logits"), row, 1);
            put(logits, row, 1, second, row, 1);
            put(logits, row, 2, rest, row, length - 3);
        }
        return Map.of("logits", logits);
    }

    private static void put(Tensor to, int row, int at, Tensor from, int fromRow, int count) {
        int length = (int) to.shape().dim(1);
        to.floats()
                .put(
                        (row * length + at) * Batches.CLASSES,
                        from.toFloatArray(),
                        fromRow * count * Batches.CLASSES,
                        count * Batches.CLASSES);
    }

    private static Map<String, Tensor> prompt(Map<String, Network> networks, Tensor text, int tokens) {
        int rows = (int) text.shape().dim(0);
        int length = (int) text.shape().dim(1);
        Tensor prompt = Tensor.allocate(ElementType.INT64, rows, tokens);
        for (int i = 0; i < rows * tokens; i++) {
            prompt.longs().put(i, text.longs().get(i / tokens * length + i % tokens));
        }
        return Stepping.in(networks, "prompt").run(Map.of("prompt", prompt));
    }
}
