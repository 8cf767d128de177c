package org.menagerie.training.data;

import java.nio.FloatBuffer;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Tensor;

/**
 * Normalises images by channel: (x/range − mean)/deviation.
 *
 * @param column the column of images f32[B,C,H,W]
 * @param range what x is divided by first: 255 for stored bytes
 * @param mean by channel, in units of the range
 * @param deviation by channel, in units of the range, positive
 */
public record Normalize(String column, float range, float[] mean, float[] deviation) implements Transform {
    public Normalize {
        mean = mean.clone();
        deviation = deviation.clone();
        if (mean.length != deviation.length) {
            throw new IllegalArgumentException(
                    "%d means but %d deviations were given".formatted(mean.length, deviation.length));
        }
        for (float d : deviation) {
            if (!(d > 0)) {
                throw new IllegalArgumentException("A deviation must be positive; found " + d);
            }
        }
    }

    /** For the column {@code image} with values 0 to 255. */
    public static Normalize images(float[] mean, float[] deviation) {
        return new Normalize("image", 255, mean, deviation);
    }

    @Override
    public void apply(Map<String, Tensor> batch, RandomGenerator random) {
        ImageBatch images = ImageBatch.of(batch, column);
        if (images.channels() != mean.length) {
            throw new InvalidInputException("Column %s has %d channels; Normalize was given %d means"
                    .formatted(column, images.channels(), mean.length));
        }
        FloatBuffer data = images.data();
        int plane = images.height() * images.width();
        float[] values = new float[plane];
        for (int p = 0; p < images.count() * images.channels(); p++) {
            float scale = 1 / (range * deviation[p % mean.length]);
            float shift = -mean[p % mean.length] / deviation[p % mean.length];
            data.get(p * plane, values);
            for (int i = 0; i < plane; i++) {
                values[i] = values[i] * scale + shift;
            }
            data.put(p * plane, values);
        }
    }
}
