package org.menagerie.training.data;

import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.menagerie.spi.Tensor;

/**
 * Mirrors each image left to right with a probability, and with it its {@code mask} and {@code instance} i64[B,H,W] and its
 * {@code boxes} and {@code proposals} f32[B,M,4] where the data has them; boxes without width, which stand for no object, stay.
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
        List<Tensor> masks = columns(batch, "mask", "instance");
        List<Tensor> boxes = columns(batch, "boxes", "proposals");
        int width = images.width();
        for (int n = 0; n < images.count(); n++) {
            if (random.nextDouble() >= probability) {
                continue;
            }
            mirror(images.data(), n * images.length(), images.length(), width);
            for (Tensor mask : masks) {
                mirror(mask.longs(), n * images.height() * width, images.height() * width, width);
            }
            for (Tensor corners : boxes) {
                int count = (int) corners.shape().dim(1);
                mirrorBoxes(corners.floats(), n * count, count, width);
            }
        }
    }

    /** Those of these columns that a batch has. */
    private static List<Tensor> columns(Map<String, Tensor> batch, String... names) {
        return Stream.of(names).map(batch::get).filter(Objects::nonNull).toList();
    }

    private static void mirror(FloatBuffer pixels, int from, int length, int width) {
        float[] row = new float[width];
        for (int at = from; at < from + length; at += width) {
            pixels.get(at, row);
            for (int x = 0; x < width; x++) {
                pixels.put(at + x, row[width - 1 - x]);
            }
        }
    }

    private static void mirror(LongBuffer classes, int from, int length, int width) {
        long[] row = new long[width];
        for (int at = from; at < from + length; at += width) {
            classes.get(at, row);
            for (int x = 0; x < width; x++) {
                classes.put(at + x, row[width - 1 - x]);
            }
        }
    }

    private static void mirrorBoxes(FloatBuffer boxes, int first, int count, int width) {
        for (int at = 4 * first; at < 4 * (first + count); at += 4) {
            float left = boxes.get(at);
            float right = boxes.get(at + 2);
            if (left < right) {
                boxes.put(at, width - right).put(at + 2, width - left);
            }
        }
    }
}
