package org.menagerie.explain;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.menagerie.decoding.Grid;
import org.menagerie.spi.Origin;
import org.menagerie.spi.Shape;

/**
 * How a picture lies in a network's input.
 *
 * @param channels for example 3
 * @param height pixels
 * @param width pixels
 * @param last true for {@code [N,H,W,C]}, false for {@code [N,C,H,W]}
 */
public record PictureLayout(int channels, int height, int width, boolean last) {
    /** The layout of a tensor of one item; empty if it cannot be a picture. */
    public static Optional<PictureLayout> of(Shape shape, Origin.@Nullable Image picture) {
        if (shape.rank() != 4 || shape.dim(0) != 1) {
            return Optional.empty();
        }
        int first = (int) shape.dim(1);
        int second = (int) shape.dim(2);
        int third = (int) shape.dim(3);
        boolean last = picture == null
                ? third <= 4 && first > 4
                : first == picture.inputHeight() && second == picture.inputWidth();
        return Optional.of(
                last ? new PictureLayout(third, first, second, true) : new PictureLayout(first, second, third, false));
    }

    /** The place of a pixel's channel in one item. */
    public int index(int channel, int y, int x) {
        return last ? (y * width + x) * channels + channel : (channel * height + y) * width + x;
    }

    /** One number a pixel: the sum over its channels, or the largest size. */
    Grid pixels(float[] item, boolean signed) {
        float[] pixels = new float[height * width];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                float pixel = 0;
                for (int c = 0; c < channels; c++) {
                    float value = item[index(c, y, x)];
                    pixel = signed ? pixel + value : Math.max(pixel, Math.abs(value));
                }
                pixels[y * width + x] = pixel;
            }
        }
        return new Grid(pixels, 1, height, width);
    }
}
