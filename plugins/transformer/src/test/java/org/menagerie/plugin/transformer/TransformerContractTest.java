package org.menagerie.plugin.transformer;

import java.util.LinkedHashMap;
import java.util.Map;
import org.menagerie.contract.ArchitectureContract;
import org.menagerie.contract.Specimen;
import org.menagerie.plugin.transformer.Transformer.Positions;
import org.menagerie.plugin.transformer.Transformer.Sharing;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Network;
import org.menagerie.spi.Tensor;

class TransformerContractTest extends ArchitectureContract<Transformer.Config> {
    @Override
    protected Specimen<Transformer.Config> specimen() {
        return new Specimen<>(
                new Transformer(),
                new Transformer.Config(
                        Batches.LETTERS,
                        Batches.CLASSES,
                        16,
                        2,
                        24,
                        2,
                        2,
                        0.1,
                        true,
                        Positions.SINUSOIDAL,
                        0,
                        16,
                        Sharing.OUTPUT,
                        0.1),
                10_352,
                Batches::words,
                Map.of("logits", new float[] {-1.579478f, 1.855628f, 0.160125f, 0.432478f, 0.286553f, 0.413868f}),
                0.01,
                TransformerContractTest::together);
    }

    /** The encoder once, then the step for each token of the known targets. */
    static Map<String, Tensor> together(Map<String, Network> networks, Map<String, Tensor> batch) {
        Map<String, Tensor> inputs = new LinkedHashMap<>(batch);
        inputs.remove("phonemes");
        Map<String, Tensor> fixed =
                new LinkedHashMap<>(Stepping.in(networks, "encoder").run(inputs));
        fixed.put("spelling_length", Stepping.in(batch, "spelling_length"));
        Tensor phonemes = Stepping.in(batch, "phonemes");
        int rows = (int) phonemes.shape().dim(0);
        Tensor source = Tensor.allocate(ElementType.INT64, rows);
        for (int row = 0; row < rows; row++) {
            source.longs().put(row, row);
        }
        fixed.put("source", source);
        int last = (int) phonemes.shape().dim(1) - 1;
        return Map.of(
                "logits",
                Stepping.logits(Stepping.in(networks, "step"), phonemes, 0, last, Batches.CLASSES, fixed, Map.of()));
    }
}
