package org.menagerie.vision;

import ai.djl.modality.cv.output.DetectedObjects;
import java.util.List;
import java.util.Map;
import org.menagerie.fixtures.Cards;
import org.menagerie.fixtures.contract.DecoderContract;
import org.menagerie.spi.Decoder;
import org.menagerie.spi.Origin;
import org.menagerie.spi.Tensor;

class ObjectsDecoderContractTest extends DecoderContract<DetectedObjects> {
    @Override
    protected Decoder<DetectedObjects> decoder() {
        return new ObjectsDecoder(
                new ObjectsSettings(null, null, null, null, null),
                Cards.labelled(MODEL, "object-detection", List.of("cat", "dog")));
    }

    /** Two pictures, an object each and a row that holds none. */
    @Override
    protected Map<String, Tensor> outputs() {
        float[] boxes = {4, 4, 20, 30, 0, 0, 0, 0, 10, 12, 40, 50, 0, 0, 0, 0};
        return Map.of(
                "objects", Tensor.of(boxes, 2, 2, 4),
                "object_score", Tensor.of(new float[] {.9f, 0, .8f, 0}, 2, 2),
                "object_label", Tensor.of(new long[] {0, -1, 1, -1}, 2, 2));
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
