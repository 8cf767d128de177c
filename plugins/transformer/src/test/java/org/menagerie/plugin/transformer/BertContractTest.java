package org.menagerie.plugin.transformer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.menagerie.contract.ArchitectureContract;
import org.menagerie.contract.Specimen;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;
import org.menagerie.training.data.Column;

/** A classifier of token sequences by their second token. */
class BertContractTest extends ArchitectureContract<Bert.Config> {
    private static final int LENGTH = 5;

    @Override
    protected Specimen<Bert.Config> specimen() {
        return new Specimen<>(
                new Bert(),
                new Bert.Config(6, LENGTH, 16, 2, 24, 2, 3, 0.1),
                4_483,
                BertContractTest::batch,
                Map.of("logits", new float[] {-0.005224f, 0.002607f, -0.002480f, -0.009038f, 0.007522f, -0.005482f}),
                0.01);
    }

    @Override
    protected List<Column> columns() {
        return List.of(
                Column.of("input_ids", "i64[B,S]"),
                Column.of("attention_mask", "i64[B,S]"),
                Column.of("token_type_ids", "i64[B,S]"),
                Column.of("label", "i64[B]"));
    }

    @Override
    protected List<String> labels() {
        return List.of("one", "two", "three");
    }

    private static Map<String, Tensor> batch(int size, RandomGenerator random) {
        Tensor ids = Tensor.allocate(ElementType.INT64, size, LENGTH);
        Tensor mask = Tensor.allocate(ElementType.INT64, size, LENGTH);
        Tensor types = Tensor.allocate(ElementType.INT64, size, LENGTH);
        Tensor label = Tensor.allocate(ElementType.INT64, size);
        for (int i = 0; i < size; i++) {
            int first = random.nextInt(3);
            int length = 3 + random.nextInt(LENGTH - 2);
            for (int at = 0; at < length; at++) {
                ids.longs().put(i * LENGTH + at, at == 1 ? first : random.nextInt(6));
                mask.longs().put(i * LENGTH + at, 1);
                types.longs().put(i * LENGTH + at, at > 2 ? 1 : 0);
            }
            label.longs().put(i, first);
        }
        Map<String, Tensor> batch = new LinkedHashMap<>();
        batch.put("input_ids", ids);
        batch.put("attention_mask", mask);
        batch.put("token_type_ids", types);
        batch.put("label", label);
        return batch;
    }
}
