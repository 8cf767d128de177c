package org.menagerie.plugin.overfeat;

import ai.djl.modality.cv.output.DetectedObjects;
import java.util.List;
import java.util.Map;
import org.menagerie.fixtures.Cards;
import org.menagerie.fixtures.contract.DecoderContract;
import org.menagerie.spi.Decoder;
import org.menagerie.spi.Origin;
import org.menagerie.spi.Tensor;

class OverFeatDecoderContractTest extends DecoderContract<DetectedObjects> {
    @Override
    protected Decoder<DetectedObjects> decoder() {
        return new OverFeatDecoder(
                new OverFeatSettings(null, null, null, null, null),
                Cards.labelled(MODEL, "object-detection", List.of("cat", "dog")));
    }

    /** Two pictures of two windows, of which one shows a cat and one a dog. */
    @Override
    protected Map<String, Tensor> outputs() {
        float[] scores = {0.9f, 0.05f, 0.05f, 0.1f, 0.1f, 0.8f, 0.1f, 0.1f, 0.8f, 0.1f, 0.8f, 0.1f};
        float[] boxes = {2, 2, 20, 20, 30, 30, 50, 50, 2, 2, 20, 20, 30, 30, 50, 60};
        return Map.of("scores", Tensor.of(scores, 2, 2, 3), "corners", Tensor.of(boxes, 2, 2, 4));
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
