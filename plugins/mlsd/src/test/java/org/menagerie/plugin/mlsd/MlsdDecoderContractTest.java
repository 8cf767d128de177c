package org.menagerie.plugin.mlsd;

import java.util.List;
import java.util.Map;
import org.menagerie.fixtures.Cards;
import org.menagerie.fixtures.contract.DecoderContract;
import org.menagerie.spi.Decoder;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Origin;
import org.menagerie.spi.Tensor;

class MlsdDecoderContractTest extends DecoderContract<LineSegments> {
    @Override
    protected Decoder<LineSegments> decoder() {
        return new MlsdDecoder(
                new MlsdSettings("scores", "offsets", null, 5.0, null),
                Cards.labelled(MODEL, "line-segment-detection", List.of()));
    }

    /** Two pictures with a segment each, at cells that differ. */
    @Override
    protected Map<String, Tensor> outputs() {
        Tensor scores = Tensor.allocate(ElementType.FLOAT32, 2, 16, 16, 1);
        Tensor offsets = Tensor.allocate(ElementType.FLOAT32, 2, 16, 16, 4);
        put(scores, offsets, 40);
        put(scores, offsets, 256 + 90);
        return Map.of("scores", scores, "offsets", offsets);
    }

    private static void put(Tensor scores, Tensor offsets, int cell) {
        scores.floats().put(cell, 0.7f);
        offsets.floats().put(4 * cell, new float[] {-3, -2, 4, 1});
    }

    @Override
    protected Map<String, Tensor> fed() {
        return Map.of();
    }

    @Override
    protected Origin origin() {
        return new Origin.Image(64, 64, 32, 32, 0.5, 0.5, 0, 0);
    }
}
