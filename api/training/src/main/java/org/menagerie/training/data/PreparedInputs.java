package org.menagerie.training.data;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Prepared;
import org.menagerie.spi.Preprocessor;
import org.menagerie.spi.Tensor;

/**
 * A data set whose inputs, such as texts, are made into a network's tensors by the preprocessor that the trained model will have.
 * A batch has the columns of the data set and one for each of these tensors.
 */
public final class PreparedInputs<I> implements DatasetView {
    private final Dataset dataset;
    private final Class<I> type;
    private final Preprocessor<I> preprocessor;
    private final DatasetInfo info;

    /**
     * A view of a data set.
     *
     * @param type what the preprocessor takes
     * @param preprocessor must put all inputs into one batch, whatever their size; it is not closed here
     * @param tensors what it gives
     */
    public PreparedInputs(Dataset dataset, Class<I> type, Preprocessor<I> preprocessor, List<Column> tensors) {
        this.dataset = dataset;
        this.type = type;
        this.preprocessor = preprocessor;
        List<Column> columns = new ArrayList<>(dataset.info().columns());
        columns.addAll(tensors);
        DatasetInfo own = dataset.info();
        this.info = new DatasetInfo(own.name(), own.sha256(), columns, own.labels(), own.vocabulary());
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
        List<I> inputs = new ArrayList<>();
        for (int index : indices) {
            inputs.add(input(index, type));
        }
        try (Prepared prepared = preprocessor.prepare(inputs)) {
            prepared.tensors().forEach((name, tensor) -> batch.put(name, copy(name, tensor, memory)));
        }
        return batch;
    }

    private I input(int index, Class<I> wanted) {
        return dataset.input(index)
                .filter(wanted::isInstance)
                .map(wanted::cast)
                .orElseThrow(() -> new InvalidInputException(
                        "Data set %s does not give inputs of type %s".formatted(info.name(), wanted.getSimpleName())));
    }

    /** The preprocessor may use its memory again as soon as the batch is closed. */
    private static Tensor copy(String name, Tensor tensor, BatchMemory memory) {
        Tensor copy = memory.tensor(name, tensor.elementType(), tensor.shape().dims());
        ByteBuffer from = tensor.bytes();
        copy.bytes().put(0, from, 0, from.capacity());
        return copy;
    }
}
