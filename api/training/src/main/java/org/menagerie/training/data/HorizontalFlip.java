package org.menagerie.training.data;

import java.util.Map;
import java.util.random.RandomGenerator;
import org.menagerie.spi.Tensor;

/**
 * Mirrors each image left to right with a probability. For labels that do not change with it: boxes and masks are left
 * alone.
 *
 * @param column the column of images f32[B,C,H,W]
 * @param probability of a flip, 0 to 1
 */
public record HorizontalFlip(String column, double probability) implements Transform {
    public HorizontalFlip {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("A probability is 0 to 1; found " + probability);
        }
    }

    /** For the column {@code image}, every second image on average. */
    public HorizontalFlip() {
        this("image", .5);
    }

    @Override
    public void apply(Map<String, Tensor> batch, RandomGenerator random) {
        ImageBatch images = ImageBatch.of(batch, column);
        float[] values = new float[images.length()];
        for (int n = 0; n < images.count(); n++) {
            if (random.nextDouble() >= probability) {
                continue;
            }
            images.data().get(n * images.length(), values);
            for (int row = 0; row < values.length; row += images.width()) {
                reverse(values, row, row + images.width() - 1);
            }
            images.data().put(n * images.length(), values);
        }
    }

    private static void reverse(float[] values, int left, int right) {
        while (left < right) {
            float value = values[left];
            values[left++] = values[right];
            values[right--] = value;
        }
    }
}
