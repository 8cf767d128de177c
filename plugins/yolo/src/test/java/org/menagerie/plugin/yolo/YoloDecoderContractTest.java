package org.menagerie.plugin.yolo;

import ai.djl.modality.cv.output.DetectedObjects;
import java.util.List;
import java.util.Map;
import org.menagerie.fixtures.Cards;
import org.menagerie.fixtures.contract.DecoderContract;
import org.menagerie.spi.Decoder;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Origin;
import org.menagerie.spi.Tensor;

class YoloDecoderContractTest extends DecoderContract<DetectedObjects> {
    @Override
    protected Decoder<DetectedObjects> decoder() {
        return new YoloDecoder(
                new YoloSettings(null, null, null, null),
                Cards.labelled(MODEL, "object-detection", List.of("cat", "dog")));
    }

    /** Two pictures of 2×2 cells, a box each in cells that differ. */
    @Override
    protected Map<String, Tensor> outputs() {
        Tensor grid = Tensor.allocate(ElementType.FLOAT32, 2, 2, 2, 7);
        for (int picture = 0; picture < 2; picture++) {
            grid.floats().put((picture * 4 + picture * 3) * 7, new float[] {0.5f, 0.5f, 0.5f, 0.5f, 0.9f, 0.9f, 0.1f});
        }
        return Map.of(new YoloSettings(null, null, null, null).outputOrDefault(), grid);
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
