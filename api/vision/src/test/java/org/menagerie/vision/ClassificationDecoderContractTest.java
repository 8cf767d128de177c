package org.menagerie.vision;

import ai.djl.modality.Classifications;
import java.util.List;
import java.util.Map;
import org.menagerie.fixtures.Cards;
import org.menagerie.fixtures.contract.DecoderContract;
import org.menagerie.spi.Decoder;
import org.menagerie.spi.Origin;
import org.menagerie.spi.Tensor;

class ClassificationDecoderContractTest extends DecoderContract<Classifications> {
    @Override
    protected Decoder<Classifications> decoder() {
        return new ClassificationDecoder(
                new ClassificationSettings("logits", null, null),
                Cards.labelled(MODEL, "image-classification", List.of("cat", "dog", "owl")));
    }

    @Override
    protected Map<String, Tensor> outputs() {
        return Map.of("logits", Tensor.of(new float[] {1, 2, 3, 3, 2, 1}, 2, 3));
    }

    @Override
    protected Map<String, Tensor> fed() {
        return Map.of();
    }

    @Override
    protected Origin origin() {
        return new Origin.None();
    }
}
