package org.menagerie.vision;

import ai.djl.modality.cv.output.CategoryMask;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.menagerie.fixtures.Cards;
import org.menagerie.fixtures.contract.DecoderContract;
import org.menagerie.spi.Decoder;
import org.menagerie.spi.Origin;
import org.menagerie.spi.Tensor;

class SegmentationDecoderContractTest extends DecoderContract<CategoryMask> {
    @Override
    protected Decoder<CategoryMask> decoder() {
        return new SegmentationDecoder(
                SegmentationSettings.of("map"), Cards.labelled(MODEL, "image-segmentation", List.of("cat", "dog")));
    }

    /** Two pictures, three classes, 2×2 places. */
    @Override
    protected Map<String, Tensor> outputs() {
        float[] scores = new float[24];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = i * 7 % 11;
        }
        return Map.of("map", Tensor.of(scores, 2, 3, 2, 2));
    }

    @Override
    protected Map<String, Tensor> fed() {
        return Map.of();
    }

    @Override
    protected Origin origin() {
        return new Origin.Image(4, 4, 2, 2, 0.5, 0.5, 0, 0);
    }

    @Override
    protected String text(CategoryMask mask) {
        return Arrays.deepToString(mask.getMask());
    }
}
