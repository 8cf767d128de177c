package org.menagerie.training.data;

import java.nio.FloatBuffer;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Tensor;

/**
 * Hides one square of each image (DeVries and Taylor 2017). Its centre is any pixel, so a square at the edge is cut short;
 * apply it after normalisation, so that the fill is the mean colour.
 *
 * @param column the column of images f32[B,C,H,W]
 * @param size the edge of the square in pixels, at least 1
 * @param fill what the square is filled with
 */
public record Cutout(String column, int size, float fill) implements Transform {
    public Cutout {
        if (size < 1) {
            throw new IllegalArgumentException("A square has at least 1 pixel; found " + size);
        }
    }

    /** For the column {@code image}, filled with zeros. */
    public Cutout(int size) {
        this("image", size, 0);
    }

    @Override
    public void apply(Map<String, Tensor> batch, RandomGenerator random) {
        ImageBatch images = ImageBatch.of(batch, column);
        FloatBuffer data = images.data();
        for (int n = 0; n < images.count(); n++) {
            int top = random.nextInt(images.height()) - size / 2;
            int left = random.nextInt(images.width()) - size / 2;
            for (int channel = 0; channel < images.channels(); channel++) {
                int plane = n * images.length() + channel * images.height() * images.width();
                for (int y = Math.max(0, top); y < Math.min(images.height(), top + size); y++) {
                    for (int x = Math.max(0, left); x < Math.min(images.width(), left + size); x++) {
                        data.put(plane + y * images.width() + x, fill);
                    }
                }
            }
        }
    }

    /** Refuses a square that is larger than the images. */
    @Override
    public void requireFit(Map<String, Tensor> batch) {
        ImageBatch images = ImageBatch.of(batch, column);
        if (size > Math.max(images.height(), images.width())) {
            throw new InvalidInputException("a square of size %d is larger than the image of %d x %d pixels"
                    .formatted(size, images.height(), images.width()));
        }
    }
}
