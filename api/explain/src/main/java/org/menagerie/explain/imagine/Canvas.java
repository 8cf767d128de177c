package org.menagerie.explain.imagine;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Random;
import org.menagerie.decoding.Alignment;
import org.menagerie.decoding.Grid;
import org.menagerie.decoding.Upsampling;

/**
 * A picture that is being made. Each transformation returns a new canvas.
 *
 * @param values brightness from 0 to 1, {@code [channels,height,width]} row by row
 * @param channels 3 for red, green and blue; 1 for gray
 */
public record Canvas(float[] values, int channels, int height, int width) {
    public Canvas {
        if (values.length != channels * height * width) {
            throw new IllegalArgumentException("A canvas of %d×%d×%d takes %d values, found %d"
                    .formatted(channels, height, width, channels * height * width, values.length));
        }
    }

    /** A canvas of one colour with noise, so that no direction is symmetric. */
    static Canvas noise(float[] color, int height, int width, double deviation, Random random) {
        float[] values = new float[color.length * height * width];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (color[i / (height * width)] + deviation * random.nextGaussian());
        }
        return new Canvas(values, color.length, height, width);
    }

    /** A picture, smoothly scaled. */
    static Canvas of(BufferedImage picture, int channels, int height, int width) {
        BufferedImage source = picture;
        while (source.getWidth() >= 2 * width && source.getHeight() >= 2 * height) {
            source = drawn(source, source.getWidth() / 2, source.getHeight() / 2);
        }
        BufferedImage scaled = drawn(source, width, height);
        float[] values = new float[channels * height * width];
        int size = height * width;
        for (int i = 0; i < size; i++) {
            int rgb = scaled.getRGB(i % width, i / width);
            float red = (rgb >> 16 & 0xFF) / 255f;
            float green = (rgb >> 8 & 0xFF) / 255f;
            float blue = (rgb & 0xFF) / 255f;
            if (channels == 1) {
                values[i] = 0.299f * red + 0.587f * green + 0.114f * blue;
            } else {
                values[i] = red;
                values[size + i] = green;
                values[2 * size + i] = blue;
            }
        }
        return new Canvas(values, channels, height, width);
    }

    private static BufferedImage drawn(BufferedImage picture, int width, int height) {
        BufferedImage scaled = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = scaled.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(picture, 0, 0, width, height, null);
        graphics.dispose();
        return scaled;
    }

    BufferedImage image() {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        int size = height * width;
        for (int i = 0; i < size; i++) {
            int rgb = 0;
            for (int c = 0; c < 3; c++) {
                float value = values[(channels == 1 ? 0 : c) * size + i];
                rgb = rgb << 8 | Math.round(255 * Math.max(0, Math.min(1, value)));
            }
            image.setRGB(i % width, i / width, rgb);
        }
        return image;
    }

    Canvas with(float[] other) {
        return new Canvas(other, channels, height, width);
    }

    Canvas plus(Canvas other) {
        float[] sum = values.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += other.values[i];
        }
        return with(sum);
    }

    Canvas minus(Canvas other) {
        float[] difference = values.clone();
        for (int i = 0; i < difference.length; i++) {
            difference[i] -= other.values[i];
        }
        return with(difference);
    }

    Canvas clipped() {
        float[] clipped = values.clone();
        for (int i = 0; i < clipped.length; i++) {
            clipped[i] = Math.max(0, Math.min(1, clipped[i]));
        }
        return with(clipped);
    }

    Canvas resized(int toHeight, int toWidth) {
        if (toHeight == height && toWidth == width) {
            return this;
        }
        double shrink = Math.max((double) height / toHeight, (double) width / toWidth);
        Canvas source = shrink > 1 ? blurred(shrink / 2) : this;
        return new Canvas(
                Upsampling.to(toHeight, toWidth, Alignment.HALF_PIXEL)
                        .resize(new Grid(source.values, channels, height, width)),
                channels,
                toHeight,
                toWidth);
    }

    /** Everything moved down and to the right; what leaves at one edge comes in at the other. */
    Canvas rolled(int down, int right) {
        float[] rolled = new float[values.length];
        int offset = Math.floorMod(right, width);
        for (int c = 0; c < channels; c++) {
            for (int y = 0; y < height; y++) {
                int from = (c * height + y) * width;
                int to = (c * height + Math.floorMod(y + down, height)) * width;
                System.arraycopy(values, from, rolled, to + offset, width - offset);
                System.arraycopy(values, from + width - offset, rolled, to, offset);
            }
        }
        return with(rolled);
    }

    /** Turned about its centre; corners repeat the edge. */
    Canvas rotated(double degrees) {
        double sine = Math.sin(Math.toRadians(degrees));
        double cosine = Math.cos(Math.toRadians(degrees));
        double middleY = (height - 1) / 2.0;
        double middleX = (width - 1) / 2.0;
        float[] rotated = new float[values.length];
        int size = height * width;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double fromY = within(middleY + cosine * (y - middleY) - sine * (x - middleX), height);
                double fromX = within(middleX + sine * (y - middleY) + cosine * (x - middleX), width);
                int top = Math.min((int) fromY, Math.max(0, height - 2));
                int left = Math.min((int) fromX, Math.max(0, width - 2));
                float down = (float) (fromY - top);
                float right = (float) (fromX - left);
                int below = height == 1 ? 0 : width;
                int beside = width == 1 ? 0 : 1;
                for (int c = 0; c < channels; c++) {
                    int at = c * size + top * width + left;
                    float upper = values[at] + right * (values[at + beside] - values[at]);
                    float lower = values[at + below] + right * (values[at + below + beside] - values[at + below]);
                    rotated[c * size + y * width + x] = upper + down * (lower - upper);
                }
            }
        }
        return with(rotated);
    }

    private static double within(double place, int length) {
        return Math.max(0, Math.min(length - 1, place));
    }

    /** Blurred by a Gaussian of this standard deviation in pixels. */
    Canvas blurred(double deviation) {
        if (deviation <= 0) {
            return this;
        }
        int reach = (int) Math.ceil(3 * deviation);
        float[] kernel = new float[2 * reach + 1];
        float sum = 0;
        for (int i = -reach; i <= reach; i++) {
            kernel[i + reach] = (float) Math.exp(-i * i / (2 * deviation * deviation));
            sum += kernel[i + reach];
        }
        for (int i = 0; i < kernel.length; i++) {
            kernel[i] /= sum;
        }
        return with(convolved(convolved(values, kernel, width, 1), kernel, height, width));
    }

    private float[] convolved(float[] from, float[] kernel, int length, int stride) {
        int reach = kernel.length / 2;
        float[] to = new float[from.length];
        float[] line = new float[length + 2 * reach];
        for (int start = 0; start < from.length; start += stride == 1 ? length : length * stride) {
            for (int lane = 0; lane < stride; lane++) {
                int base = start + lane;
                for (int i = 0; i < length; i++) {
                    line[reach + i] = from[base + i * stride];
                }
                Arrays.fill(line, 0, reach, line[reach]);
                Arrays.fill(line, reach + length, line.length, line[reach + length - 1]);
                for (int i = 0; i < length; i++) {
                    float value = 0;
                    for (int k = 0; k < kernel.length; k++) {
                        value += kernel[k] * line[i + k];
                    }
                    to[base + i * stride] = value;
                }
            }
        }
        return to;
    }
}
