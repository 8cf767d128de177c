package org.menagerie.plugin.transformer;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.menagerie.contract.ReferenceStep;
import org.menagerie.plugin.transformer.Transformer.Positions;
import org.menagerie.plugin.transformer.Transformer.Sharing;

/** A step against PyTorch 1.13: loss with smoothed labels, logits and every gradient. */
class TransformerTorchTest {
    @ParameterizedTest(name = "normalised before each part: {0}")
    @ValueSource(booleans = {false, true})
    void aStepIsThatOfNnTransformer(boolean before) throws IOException {
        Transformer.Config config = new Transformer.Config(
                Batches.LETTERS,
                Batches.CLASSES,
                8,
                2,
                12,
                2,
                2,
                0,
                before,
                Positions.SINUSOIDAL,
                0,
                16,
                Sharing.NONE,
                0.1);
        References.requireEqual(
                ReferenceStep.of(new Transformer(), config, Batches.words()), before ? "pre-norm" : "post-norm");
    }

    @Test
    void aStepIsThatOfAnIndependentGpt2() throws IOException {
        Gpt.Config config = new Gpt.Config(Batches.CLASSES, 8, 8, 2, 2, 0);
        References.requireEqual(ReferenceStep.of(new Gpt(), config, Batches.texts()), "gpt2");
    }
}
