package org.menagerie.plugin.transformer;

import java.util.Map;
import org.menagerie.contract.ArchitectureContract;
import org.menagerie.contract.Specimen;
import org.menagerie.plugin.transformer.Transformer.Positions;
import org.menagerie.plugin.transformer.Transformer.Sharing;

/** Learned positions that are appended, nothing shared, normalisation after each sum. */
class VariantsContractTest extends ArchitectureContract<Transformer.Config> {
    @Override
    protected Specimen<Transformer.Config> specimen() {
        return new Specimen<>(
                new Transformer(),
                new Transformer.Config(
                        Batches.LETTERS,
                        Batches.CLASSES,
                        16,
                        4,
                        24,
                        1,
                        1,
                        0.1,
                        false,
                        Positions.LEARNED,
                        4,
                        16,
                        Sharing.NONE,
                        0),
                5_490,
                Batches::words,
                Map.of("logits", new float[] {1.295845f, 1.357970f, 1.211439f, 0.795402f, -0.078942f, -0.645956f}),
                0.01,
                TransformerContractTest::together);
    }
}
