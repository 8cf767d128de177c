package org.menagerie.plugin.mlsd;

import ai.djl.modality.cv.Image;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Prepared;
import org.menagerie.spi.Preprocessor;
import org.menagerie.spi.Shape;
import org.menagerie.spi.Tensor;
import org.menagerie.spi.TensorPool;
import org.menagerie.vision.Filter;
import org.menagerie.vision.ImagePreprocessor;
import org.menagerie.vision.ImageSettings;
import org.menagerie.vision.Layout;

/**
 * Pictures stretched to the network's size with a fourth channel of ones, which M-LSD's networks use in place of a bias. Origins
 * are those of {@link ImagePreprocessor}. Thread-safe.
 */
final class AlphaPreprocessor implements Preprocessor<Image> {
    private static final int COLOURS = 3;

    private final TensorPool pool = new TensorPool();
    private final AlphaSettings settings;
    private final ImagePreprocessor colours;

    AlphaPreprocessor(AlphaSettings settings) {
        this.settings = settings;
        this.colours = new ImagePreprocessor(new ImageSettings(
                settings.input(),
                settings.width(),
                settings.height(),
                null,
                null,
                Filter.AREA,
                null,
                1.0,
                null,
                null,
                Layout.NHWC,
                null,
                null,
                null,
                null,
                null));
    }

    @Override
    public Prepared prepare(List<? extends Image> inputs) {
        try (Prepared three = colours.prepare(inputs)) {
            FloatBuffer samples = three.tensors().values().iterator().next().floats();
            Tensor four = pool.take(
                    ElementType.FLOAT32, new Shape(inputs.size(), settings.height(), settings.width(), COLOURS + 1));
            FloatBuffer all = four.floats();
            float[] pixel = {0, 0, 0, 1};
            for (int i = 0; i < four.size() / pixel.length; i++) {
                samples.get(i * COLOURS, pixel, 0, COLOURS);
                all.put(i * pixel.length, pixel);
            }
            return new Prepared(Map.of(settings.input(), four), three.origins(), pool.returning(four));
        }
    }
}
