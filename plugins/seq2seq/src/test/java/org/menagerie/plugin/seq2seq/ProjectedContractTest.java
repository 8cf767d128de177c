package org.menagerie.plugin.seq2seq;

import java.util.Map;
import org.menagerie.contract.ArchitectureContract;
import org.menagerie.contract.Specimen;
import org.menagerie.plugin.seq2seq.Seq2Seq.Attention;
import org.menagerie.plugin.seq2seq.Seq2Seq.Cell;

/** Queries, keys and values by learned matrices each. */
class ProjectedContractTest extends ArchitectureContract<Seq2Seq.Config> {
    @Override
    protected Specimen<Seq2Seq.Config> specimen() {
        return new Specimen<>(
                new Seq2Seq(),
                Words.config(Cell.GRU, Attention.PROJECTED, true, 1, true),
                1_087,
                Words::batch,
                Map.of(
                        "logits",
                        new float[] {-0.282053f, -0.186327f, -0.287363f, 0.056148f, 0.119943f, -0.113207f, 0.046303f}),
                0.02,
                Words::together);
    }
}
