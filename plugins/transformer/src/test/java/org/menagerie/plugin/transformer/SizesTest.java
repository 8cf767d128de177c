package org.menagerie.plugin.transformer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.menagerie.graph.Architecture;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Mode;

/** The published configs have the published numbers of parameters. */
class SizesTest {
    private static <C extends Record> long parameters(Architecture<C> architecture, String variant) {
        GraphBuilder g = new GraphBuilder(variant, Mode.INFERENCE);
        architecture.build(g, Objects.requireNonNull(architecture.variants().get(variant)));
        return g.build().parameterCount();
    }

    /** 6 · (3,152,384 + 4,204,032) in the blocks, 37,000 · 512 in the shared matrix, 2 · 1,024 in the last normalisations. */
    @Test
    void thePapersBase() {
        assertThat(parameters(new Transformer(), "transformer-base"))
                .isEqualTo(6 * (3_152_384L + 4_204_032) + 37_000L * 512 + 2 * 1_024)
                .isEqualTo(63_084_544);
    }

    /** Hugging Face's {@code BertForSequenceClassification} with two classes, MiniLM's encoder without pooler, and GPT-2. */
    @Test
    void huggingFaces() {
        assertThat(parameters(new Bert(), "bert-base")).isEqualTo(109_483_778);
        assertThat(parameters(new Bert(), "minilm-l6")).isEqualTo(22_565_376);
        assertThat(parameters(new Gpt(), "gpt2")).isEqualTo(124_439_808);
    }
}
