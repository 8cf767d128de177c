package org.menagerie.plugin.recurrent;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.menagerie.contract.ArchitectureContract;
import org.menagerie.contract.Specimen;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;

/** Tags each letter by the one after it, which only a reader of both directions knows. */
class TaggerContractTest extends ArchitectureContract<Tagger.Config> {
    private static final int LONGEST = 6;

    @Override
    protected Specimen<Tagger.Config> specimen() {
        return new Specimen<>(
                new Tagger(),
                new Tagger.Config(Cell.GRU, 5, 6, 4, 6, 1, true, 0.1),
                530,
                TaggerContractTest::batch,
                Map.of("logits", new float[] {-0.533222f, -0.184889f, 0.094327f, -0.130117f, -0.057018f, -0.423433f}),
                0.02);
    }

    @Override
    protected List<String> labels() {
        return List.of("<pad>", "end", "a", "b", "c", "d");
    }

    private static Map<String, Tensor> batch(int size, RandomGenerator random) {
        Tensor text = Tensor.allocate(ElementType.INT64, size, LONGEST);
        Tensor length = Tensor.allocate(ElementType.INT32, size);
        Tensor tags = Tensor.allocate(ElementType.INT64, size, LONGEST);
        for (int i = 0; i < size; i++) {
            int letters = i == size - 1 ? LONGEST : 1 + random.nextInt(LONGEST);
            length.ints().put(i, letters);
            for (int at = 0; at < letters; at++) {
                text.longs().put(i * LONGEST + at, 1 + random.nextInt(4));
            }
            for (int at = 0; at < letters; at++) {
                long after = at + 1 < letters ? text.longs().get(i * LONGEST + at + 1) : 0;
                tags.longs().put(i * LONGEST + at, 1 + after);
            }
        }
        Map<String, Tensor> batch = new LinkedHashMap<>();
        batch.put("spelling", text);
        batch.put("spelling_length", length);
        batch.put("phonemes", tags);
        return batch;
    }
}
