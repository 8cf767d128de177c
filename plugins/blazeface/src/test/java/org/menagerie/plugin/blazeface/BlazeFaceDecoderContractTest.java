package org.menagerie.plugin.blazeface;

import ai.djl.modality.cv.output.DetectedObjects;
import java.util.List;
import java.util.Map;
import org.menagerie.fixtures.Cards;
import org.menagerie.fixtures.contract.DecoderContract;
import org.menagerie.spi.Decoder;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Origin;
import org.menagerie.spi.Tensor;

class BlazeFaceDecoderContractTest extends DecoderContract<DetectedObjects> {
    @Override
    protected Decoder<DetectedObjects> decoder() {
        return new BlazeFaceDecoder(
                new BlazeFaceSettings(List.of("s16", "s8"), List.of("b16", "b8"), null, null),
                Cards.labelled(MODEL, "object-detection", List.of()));
    }

    /** Two pictures with a face each, at anchors that differ. */
    @Override
    protected Map<String, Tensor> outputs() {
        Map<String, Tensor> outputs = Map.of(
                "s16", Tensor.allocate(ElementType.FLOAT32, 2, 512, 1),
                "s8", Tensor.allocate(ElementType.FLOAT32, 2, 384, 1),
                "b16", Tensor.allocate(ElementType.FLOAT32, 2, 512, 16),
                "b8", Tensor.allocate(ElementType.FLOAT32, 2, 384, 16));
        put(outputs, "s16", 100, 5);
        put(outputs, "s16", 512 + 300, 4);
        put(outputs, "b16", 100 * 16 + 2, 20);
        put(outputs, "b16", 100 * 16 + 3, 20);
        put(outputs, "b16", (512 + 300) * 16 + 2, 30);
        put(outputs, "b16", (512 + 300) * 16 + 3, 30);
        return outputs;
    }

    private static void put(Map<String, Tensor> outputs, String name, int at, float value) {
        outputs.getOrDefault(name, Tensor.scalar(0f)).floats().put(at, value);
    }

    @Override
    protected Map<String, Tensor> fed() {
        return Map.of();
    }

    @Override
    protected Origin origin() {
        return new Origin.Image(128, 128, 128, 128, 1, 1, 0, 0);
    }
}
