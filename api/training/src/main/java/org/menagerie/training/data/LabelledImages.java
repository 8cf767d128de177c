package org.menagerie.training.data;

import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;
import org.menagerie.weights.Sha256;

/**
 * Images of one size, one byte a value, each with a class. A batch is {@code image} f32[B,C,H,W] with values 0 to 255 as
 * stored, and {@code label} i64[B].
 */
final class LabelledImages implements Dataset {
    private final byte[] pixels;
    private final byte[] classes;
    private final int channels;
    private final int height;
    private final int width;
    private final DatasetInfo info;

    /**
     * @param pixels the images, CHW, one after the other
     * @param classes the class of each, 0 to 255
     */
    LabelledImages(
            String name, List<String> labels, byte[] pixels, byte[] classes, int channels, int height, int width) {
        if (pixels.length != (long) classes.length * channels * height * width) {
            throw new IllegalArgumentException("%,d pixel values are not %,d images %dx%dx%d"
                    .formatted(pixels.length, classes.length, channels, height, width));
        }
        this.pixels = pixels;
        this.classes = classes;
        this.channels = channels;
        this.height = height;
        this.width = width;
        this.info = new DatasetInfo(
                name,
                Sha256.of(pixels, classes),
                List.of(
                        Column.of("image", "f32[B,%d,%d,%d]".formatted(channels, height, width)),
                        Column.of("label", "i64[B]")),
                labels);
    }

    @Override
    public DatasetInfo info() {
        return info;
    }

    @Override
    public int size() {
        return classes.length;
    }

    @Override
    public Optional<Range> range(String column) {
        if (!column.equals("label") || classes.length == 0) {
            return Optional.empty();
        }
        int least = 255;
        int greatest = 0;
        for (byte each : classes) {
            least = Math.min(least, each & 0xFF);
            greatest = Math.max(greatest, each & 0xFF);
        }
        return Optional.of(new Range(least, greatest));
    }

    @Override
    public Map<String, Tensor> batch(int[] indices, BatchMemory memory) {
        Tensor image = memory.tensor("image", ElementType.FLOAT32, indices.length, channels, height, width);
        Tensor label = memory.tensor("label", ElementType.INT64, indices.length);
        FloatBuffer to = image.floats();
        LongBuffer toLabel = label.longs();
        int length = channels * height * width;
        float[] values = new float[length];
        for (int index : indices) {
            toLabel.put(classes[index] & 0xFF);
            int from = index * length;
            for (int i = 0; i < length; i++) {
                values[i] = pixels[from + i] & 0xFF;
            }
            to.put(values);
        }
        Map<String, Tensor> batch = new LinkedHashMap<>();
        batch.put("image", image);
        batch.put("label", label);
        return batch;
    }
}
