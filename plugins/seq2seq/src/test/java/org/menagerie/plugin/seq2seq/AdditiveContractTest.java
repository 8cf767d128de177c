package org.menagerie.plugin.seq2seq;

import java.util.Map;
import org.menagerie.contract.ArchitectureContract;
import org.menagerie.contract.Specimen;
import org.menagerie.plugin.seq2seq.Seq2Seq.Attention;
import org.menagerie.plugin.seq2seq.Seq2Seq.Cell;

/** Additive scores (Bahdanau 2015). */
class AdditiveContractTest extends ArchitectureContract<Seq2Seq.Config> {
    @Override
    protected Specimen<Seq2Seq.Config> specimen() {
        return new Specimen<>(
                new Seq2Seq(),
                Words.config(Cell.GRU, Attention.ADDITIVE, true, 1),
                1_039,
                Words::batch,
                Map.of("logits", new float[] {
                    -0.388273f, -0.299054f, -0.398424f, -0.034088f, 0.027918f, -0.211388f, -0.036389f
                }),
                0.02,
                Words::together);
    }
}
