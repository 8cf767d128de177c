package org.menagerie.training.data;

import java.util.Arrays;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Tensor;

/**
 * Pads each image on all sides and cuts the original size out again at a random place: a shift by up to the padding, as
 * He et al. (2016, §4.2) train on CIFAR. For labels that do not change with it: masks and boxes are refused.
 *
 * @param column the column of images f32[B,C,H,W]
 * @param padding pixels on each side, from 0
 * @param fill what the padding is made of: 0 is black before normalisation and the mean colour after it
 */
public record RandomCrop(String column, int padding, float fill) implements Transform {
    public RandomCrop {
        if (padding < 0) {
            throw new IllegalArgumentException("A padding is not negative; found " + padding);
        }
    }

    /** For the column {@code image}, padded with zeros. */
    public RandomCrop(int padding) {
        this("image", padding, 0);
    }

    @Override
    public void apply(Map<String, Tensor> batch, RandomGenerator random) {
        if (batch.containsKey("mask") || batch.containsKey("boxes")) {
            throw new InvalidInputException(
                    "it moves the image and would leave its mask and boxes behind; take 'flip'");
        }
        ImageBatch images = ImageBatch.of(batch, column);
        float[] from = new float[images.length()];
        float[] to = new float[images.length()];
        for (int n = 0; n < images.count(); n++) {
            int down = random.nextInt(2 * padding + 1) - padding;
            int right = random.nextInt(2 * padding + 1) - padding;
            images.data().get(n * from.length, from);
            Arrays.fill(to, fill);
            shift(images, from, to, down, right);
            images.data().put(n * to.length, to);
        }
    }

    /** Refuses a padding that could move whole images out of sight. */
    @Override
    public void requireFit(Map<String, Tensor> batch) {
        ImageBatch images = ImageBatch.of(batch, column);
        if (padding >= Math.min(images.height(), images.width())) {
            throw new InvalidInputException(
                    "a padding of %d could move the whole image of %d x %d pixels out of sight; take a smaller one"
                            .formatted(padding, images.height(), images.width()));
        }
    }

    private static void shift(ImageBatch images, float[] from, float[] to, int down, int right) {
        int width = images.width();
        int length = width - Math.abs(right);
        if (length <= 0) {
            return;
        }
        for (int channel = 0; channel < images.channels(); channel++) {
            int plane = channel * images.height() * width;
            for (int y = Math.max(0, down); y < Math.min(images.height(), images.height() + down); y++) {
                int source = plane + (y - down) * width + Math.max(0, -right);
                System.arraycopy(from, source, to, plane + y * width + Math.max(0, right), length);
            }
        }
    }
}
