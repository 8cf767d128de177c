package org.menagerie.plugin.fasttext;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.menagerie.contract.ArchitectureContract;
import org.menagerie.contract.Specimen;
import org.menagerie.spi.Tensor;
import org.menagerie.training.data.Column;

class FastTextContractTest extends ArchitectureContract<FastText.Config> {
    private static final int TOKENS = 7;

    @Override
    protected Specimen<FastText.Config> specimen() {
        return new Specimen<>(
                new FastText(),
                new FastText.Config(3, 50, 8, null, null),
                50 * 8 + 9 * 3,
                (size, random) -> Map.of(
                        "tokens", tokens((SplittableRandom) random, size),
                        "label", Tensor.of(random.longs(size, 0, 3).toArray(), size)),
                Map.of("logits", new float[] {-0.307157f, -0.285585f, -0.217376f, -0.305276f, -0.266188f, -0.248052f}),
                0.05);
    }

    /** What the preprocessor {@code hashed-words} makes of texts, and their labels. */
    @Override
    protected List<Column> columns() {
        return List.of(Column.of("tokens", "i64[B,T]"), Column.of("label", "i64[B]"));
    }

    /** Texts of different lengths, padded with 0. */
    private static Tensor tokens(SplittableRandom random, int size) {
        long[] tokens = new long[size * TOKENS];
        for (int i = 0; i < size; i++) {
            int length = random.nextInt(1, TOKENS + 1);
            for (int j = 0; j < length; j++) {
                tokens[i * TOKENS + j] = random.nextLong(1, 50);
            }
        }
        return Tensor.of(tokens, size, TOKENS);
    }
}
