package org.menagerie.training.files;

import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;
import org.menagerie.training.data.BatchMemory;
import org.menagerie.training.data.Column;
import org.menagerie.training.data.Dataset;
import org.menagerie.training.data.DatasetInfo;
import org.menagerie.weights.Sha256;

/** Texts, each with a class: inputs for a preprocessor, and {@code label} i64[B]. */
final class LabelledTexts implements Dataset {
    private final List<TextLine> lines;
    private final DatasetInfo info;

    LabelledTexts(String name, List<String> classes, List<TextLine> lines) {
        this.lines = lines;
        byte[][] content = lines.stream()
                .map(line -> (line.label() + "\t" + line.text() + "\n").getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
        this.info = new DatasetInfo(name, Sha256.of(content), List.of(Column.of("label", "i64[B]")), classes);
    }

    @Override
    public DatasetInfo info() {
        return info;
    }

    @Override
    public int size() {
        return lines.size();
    }

    /** The place in the file. */
    @Override
    public String name(int index) {
        return lines.get(index).place();
    }

    @Override
    public int length(int index) {
        return lines.get(index).text().length();
    }

    @Override
    public Optional<Object> input(int index) {
        return Optional.of(lines.get(index).text());
    }

    @Override
    public Optional<Range> range(String column) {
        return Optional.of(new Range(0, info.labels().size() - 1));
    }

    @Override
    public Map<String, Tensor> batch(int[] indices, BatchMemory memory) {
        Tensor labels = memory.tensor("label", ElementType.INT64, indices.length);
        LongBuffer numbers = labels.longs();
        for (int index : indices) {
            numbers.put(info.labels().indexOf(lines.get(index).label()));
        }
        return Map.of("label", labels);
    }
}
