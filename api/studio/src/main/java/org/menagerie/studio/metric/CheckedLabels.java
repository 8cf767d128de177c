package org.menagerie.studio.metric;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.ModelCard;
import org.menagerie.spi.Tensor;
import org.menagerie.training.data.BatchMemory;
import org.menagerie.training.data.Dataset;
import org.menagerie.training.data.DatasetView;

/**
 * Data whose labels are checked before a metric sees them, so that none needs a check of its own.
 *
 * @param count number of classes, of which labels are the numbers from 0
 */
record CheckedLabels(Dataset viewed, int count) implements DatasetView {
    static final String COLUMN = "label";

    /** The data itself where it has no column {@code label i64[B]}, or neither it nor the model names classes. */
    static Dataset of(Dataset data, ModelCard card) {
        boolean labelled = data.info().columns().stream()
                .anyMatch(column -> column.name().equals(COLUMN)
                        && column.elementType() == ElementType.INT64
                        && column.axes().equals(List.of("B")));
        Optional<Integer> count = Stream.of(
                        data.info().labels().size(), card.labels().size())
                .filter(each -> each > 0)
                .min(Integer::compare);
        return labelled && count.isPresent() ? new CheckedLabels(data, count.get()) : data;
    }

    @Override
    public Map<String, Tensor> batch(int[] indices, BatchMemory memory) {
        Map<String, Tensor> batch = viewed.batch(indices, memory);
        Tensor labels = batch.get(COLUMN);
        for (int i = 0; labels != null && i < indices.length; i++) {
            long label = labels.longs().get(i);
            if (label < 0 || label >= count) {
                throw new InvalidInputException(
                        "Example %,d of data set %s, counted from 0, has label %d; data and model share %,d classes, 0 to %d"
                                .formatted(indices[i], info().name(), label, count, count - 1));
            }
        }
        return batch;
    }
}
