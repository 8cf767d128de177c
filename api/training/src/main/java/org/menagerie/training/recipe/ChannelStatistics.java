package org.menagerie.training.recipe;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Tensor;
import org.menagerie.training.data.BatchMemory;
import org.menagerie.training.data.Dataset;
import org.menagerie.training.data.Normalize;

/**
 * Mean and standard deviation of a data set's images, by channel, of pixels scaled to [0, 1].
 *
 * @param mean to four decimals
 * @param std to four decimals
 */
public record ChannelStatistics(List<Double> mean, List<Double> std) implements InputStatistics {
    private static final String COLUMN = "image";
    private static final int BATCH = 500;

    public ChannelStatistics {
        mean = List.copyOf(mean);
        std = List.copyOf(std);
    }

    /** The statistics of all examples; empty of a data set without images. */
    static Optional<ChannelStatistics> of(Dataset dataset) {
        boolean images = dataset.info().columns().stream()
                .anyMatch(column -> column.name().equals(COLUMN)
                        && column.elementType() == ElementType.FLOAT32
                        && column.axes().size() == 4);
        if (!images || dataset.size() == 0) {
            return Optional.empty();
        }
        BatchMemory memory = new BatchMemory();
        double[] sums = new double[0];
        double[] squares = new double[0];
        long pixels = 0;
        for (int from = 0; from < dataset.size(); from += BATCH) {
            int[] indices = IntStream.range(from, Math.min(dataset.size(), from + BATCH))
                    .toArray();
            Map<String, Tensor> batch = dataset.batch(indices, memory);
            Tensor image = org.menagerie.training.data.Column.in(batch, COLUMN);
            int channels = (int) image.shape().dim(1);
            int plane = (int) (image.shape().dim(2) * image.shape().dim(3));
            if (sums.length == 0) {
                sums = new double[channels];
                squares = new double[channels];
            }
            add(image.floats(), channels, plane, sums, squares);
            pixels += (long) indices.length * plane;
        }
        List<Double> mean = new ArrayList<>();
        List<Double> std = new ArrayList<>();
        for (int c = 0; c < sums.length; c++) {
            double average = sums[c] / pixels;
            mean.add(rounded(average / 255));
            // Rounding may bring the variance of equal values below zero.
            std.add(rounded(Math.sqrt(Math.max(0, squares[c] / pixels - average * average)) / 255));
            if (std.get(c) <= 0) {
                throw new InvalidInputException(
                        "All images of data set '%s' hold the same value in channel %d, %.1f of 255, so they cannot be normalised; check the images"
                                .formatted(dataset.info().name(), c, average));
            }
        }
        return Optional.of(new ChannelStatistics(mean, std));
    }

    private static void add(FloatBuffer pixels, int channels, int plane, double[] sums, double[] squares) {
        float[] values = new float[plane];
        for (int p = 0; p < pixels.capacity() / plane; p++) {
            pixels.get(p * plane, values);
            for (float value : values) {
                sums[p % channels] += value;
                squares[p % channels] += value * value;
            }
        }
    }

    private static double rounded(double value) {
        return Math.round(value * 1e4) / 1e4;
    }

    /** Makes pixels 0 to 255 of mean 0 and deviation 1. */
    @Override
    public Normalize transform() {
        return Normalize.images(floats(mean), floats(std));
    }

    private static float[] floats(List<Double> values) {
        float[] floats = new float[values.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = values.get(i).floatValue();
        }
        return floats;
    }
}
