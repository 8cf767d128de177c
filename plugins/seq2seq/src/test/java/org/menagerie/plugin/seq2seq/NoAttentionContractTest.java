package org.menagerie.plugin.seq2seq;

import java.util.Map;
import org.menagerie.contract.ArchitectureContract;
import org.menagerie.contract.Specimen;
import org.menagerie.plugin.seq2seq.Seq2Seq.Attention;
import org.menagerie.plugin.seq2seq.Seq2Seq.Cell;

/** Without attention, two layers in both directions. */
class NoAttentionContractTest extends ArchitectureContract<Seq2Seq.Config> {
    @Override
    protected Specimen<Seq2Seq.Config> specimen() {
        return new Specimen<>(
                new Seq2Seq(),
                Words.config(Cell.LSTM, Attention.NONE, true, 2),
                1_999,
                Words::batch,
                Map.of("logits", new float[] {
                    -0.325594f, -0.169193f, -0.237297f, -0.072306f, 0.116098f, -0.314952f, -0.070616f
                }),
                0.02,
                Words::together);
    }
}
