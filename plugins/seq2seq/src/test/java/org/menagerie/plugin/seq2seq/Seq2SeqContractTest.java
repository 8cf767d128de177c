package org.menagerie.plugin.seq2seq;

import java.util.Map;
import org.menagerie.contract.ArchitectureContract;
import org.menagerie.contract.Specimen;
import org.menagerie.plugin.seq2seq.Seq2Seq.Attention;
import org.menagerie.plugin.seq2seq.Seq2Seq.Cell;

class Seq2SeqContractTest extends ArchitectureContract<Seq2Seq.Config> {
    @Override
    protected Specimen<Seq2Seq.Config> specimen() {
        return new Specimen<>(
                new Seq2Seq(),
                Words.config(Cell.LSTM, Attention.MULTIPLICATIVE, true, 1),
                1_167,
                Words::batch,
                Map.of("logits", new float[] {
                    -0.355082f, -0.236658f, -0.317865f, -0.026575f, 0.086603f, -0.210688f, -0.039949f
                }),
                0.02,
                Words::together);
    }
}
