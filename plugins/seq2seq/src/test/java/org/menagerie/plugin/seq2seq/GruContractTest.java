package org.menagerie.plugin.seq2seq;

import java.util.Map;
import org.menagerie.contract.ArchitectureContract;
import org.menagerie.contract.Specimen;
import org.menagerie.plugin.seq2seq.Seq2Seq.Attention;
import org.menagerie.plugin.seq2seq.Seq2Seq.Cell;

/** The other choices: GRU, two layers, one direction, inner product. */
class GruContractTest extends ArchitectureContract<Seq2Seq.Config> {
    @Override
    protected Specimen<Seq2Seq.Config> specimen() {
        return new Specimen<>(
                new Seq2Seq(),
                Words.config(Cell.GRU, Attention.DOT, false, 2),
                1_855,
                Words::batch,
                Map.of("logits", new float[] {
                    -0.312389f, -0.247028f, -0.209552f, -0.065235f, 0.046658f, -0.207480f, -0.035776f
                }),
                0.02,
                Words::together);
    }
}
