package org.menagerie.training.data;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Tensor;

/**
 * A data set of images in the size and channels that a network takes: stretched bilinearly with half-pixel centres, one
 * grey channel repeated for colours. The images stand under the network's input name as well as under {@code image}; both
 * names share one tensor, so a transform of one is a transform of both.
 * {@link ResizableImages} are read in that size instead, so that they are stretched once.
 */
public final class FittedImages implements DatasetView {
    private static final String COLUMN = "image";

    private final Dataset dataset;
    private final Size size;
    private final DatasetInfo info;

    /**
     * What a network takes.
     *
     * @param input the name of its input f32[N, channels, height, width]
     */
    public record Size(String input, int channels, int height, int width) {
        public Size {
            if (channels < 1 || height < 1 || width < 1) {
                throw new InvalidInputException(
                        "Images of %d channels and %d×%d pixels do not exist".formatted(channels, width, height));
            }
        }
    }

    public FittedImages(Dataset dataset, Size size) {
        this.dataset = dataset instanceof ResizableImages images
                ? images.resized(size.channels(), size.height(), size.width())
                : dataset;
        this.size = size;
        List<Column> columns = new ArrayList<>();
        String type = "f32[B,%d,%d,%d]".formatted(size.channels(), size.height(), size.width());
        for (Column column : dataset.info().columns()) {
            columns.add(column.name().equals(COLUMN) ? Column.of(COLUMN, type) : column);
        }
        if (!size.input().equals(COLUMN)) {
            columns.add(Column.of(size.input(), type));
        }
        info = new DatasetInfo(
                dataset.info().name(),
                dataset.info().sha256(),
                columns,
                dataset.info().labels());
    }

    /** All parts of a data set, fitted. */
    public static Splits of(Splits splits, Size size) {
        return new Splits(
                new FittedImages(splits.train(), size),
                new FittedImages(splits.validation(), size),
                new FittedImages(splits.test(), size));
    }

    @Override
    public Dataset viewed() {
        return dataset;
    }

    @Override
    public DatasetInfo info() {
        return info;
    }

    @Override
    public Map<String, Tensor> batch(int[] indices, BatchMemory memory) {
        Map<String, Tensor> batch = new LinkedHashMap<>(dataset.batch(indices, memory));
        Tensor from = Column.in(batch, COLUMN);
        int channels = (int) from.shape().dim(1);
        if (channels != size.channels() && channels != 1) {
            throw new InvalidInputException("The network takes %d channels; data set %s has %d"
                    .formatted(size.channels(), info.name(), channels));
        }
        Tensor fitted = memory.tensor(
                COLUMN + " fitted", ElementType.FLOAT32, indices.length, size.channels(), size.height(), size.width());
        stretch(from, fitted, channels);
        batch.put(COLUMN, fitted);
        batch.put(size.input(), fitted);
        return batch;
    }

    private void stretch(Tensor from, Tensor to, int channels) {
        int height = (int) from.shape().dim(2);
        int width = (int) from.shape().dim(3);
        BilinearStretch stretch = new BilinearStretch(height, width, size.height(), size.width());
        float[] source = new float[height * width];
        float[] target = new float[size.height() * size.width()];
        FloatBuffer read = from.floats();
        FloatBuffer written = to.floats();
        for (int i = 0; i < from.shape().dim(0); i++) {
            for (int c = 0; c < size.channels(); c++) {
                if (c < channels) {
                    read.get((i * channels + c) * source.length, source);
                    stretch.apply(source, target);
                }
                written.put((i * size.channels() + c) * target.length, target);
            }
        }
    }
}
