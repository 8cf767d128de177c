package org.menagerie.plugin.yolox;

import ai.djl.modality.cv.output.DetectedObjects;
import java.util.List;
import java.util.Map;
import org.menagerie.fixtures.Cards;
import org.menagerie.fixtures.contract.DecoderContract;
import org.menagerie.spi.Decoder;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Origin;
import org.menagerie.spi.Tensor;

class AnchorFreeDecoderContractTest extends DecoderContract<DetectedObjects> {
    @Override
    protected Decoder<DetectedObjects> decoder() {
        return new AnchorFreeDecoder(
                AnchorFreeSettings.of("output"), Cards.labelled(MODEL, "object-detection", List.of("cat", "dog")));
    }

    /** Two pictures of 64×64 pixels: 64, 16 and 4 cells, a box each in cells that differ. */
    @Override
    protected Map<String, Tensor> outputs() {
        Tensor output = Tensor.allocate(ElementType.FLOAT32, 2, 84, 7);
        output.floats().put(20 * 7, new float[] {0.5f, 0.5f, 1, 1, 0.9f, 0.9f, 0.1f});
        output.floats().put((84 + 70) * 7, new float[] {0.5f, 0.5f, 1, 0, 0.9f, 0.1f, 0.8f});
        return Map.of("output", output);
    }

    @Override
    protected Map<String, Tensor> fed() {
        return Map.of();
    }

    @Override
    protected Origin origin() {
        return new Origin.Image(64, 64, 64, 64, 1, 1, 0, 0);
    }
}
