package org.menagerie.training.data;

import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;
import org.menagerie.weights.Sha256;

/**
 * A text in segments of one length, each with the first token of the next: {@code text} i64[B,T], indices of labels, and {@code
 * segment} i64[B], the segment's number, by which a network tells whether it goes on from what it saw last.
 */
final class TextSegments implements Dataset {
    private final int[] tokens;
    private final int length;
    private final DatasetInfo info;

    /**
     * @param tokens the text, as indices of labels; more than {@code length}
     * @param length tokens from a segment's start to the next one's
     */
    TextSegments(String name, int[] tokens, int length, List<String> labels) {
        this.tokens = tokens;
        this.length = length;
        StringBuilder content = new StringBuilder();
        for (int token : tokens) {
            content.append(labels.get(token));
        }
        this.info = new DatasetInfo(
                name,
                Sha256.of(content.append(length).toString().getBytes(StandardCharsets.UTF_8)),
                List.of(
                        new Column("text", ElementType.INT64, List.of("B", "" + (length + 1))),
                        Column.of("segment", "i64[B]")),
                labels);
    }

    @Override
    public DatasetInfo info() {
        return info;
    }

    @Override
    public int size() {
        return (tokens.length - 1) / length;
    }

    @Override
    public boolean isContinuous() {
        return true;
    }

    @Override
    public Optional<Range> range(String column) {
        return switch (column) {
            case "text" -> Optional.of(new Range(0, info.labels().size() - 1));
            case "segment" -> Optional.of(new Range(0, size() - 1));
            default -> Optional.empty();
        };
    }

    @Override
    public Map<String, Tensor> batch(int[] indices, BatchMemory memory) {
        Tensor text = memory.tensor("text", ElementType.INT64, indices.length, length + 1);
        Tensor segment = memory.tensor("segment", ElementType.INT64, indices.length);
        LongBuffer to = text.longs();
        for (int i = 0; i < indices.length; i++) {
            int from = Objects.checkIndex(indices[i], size()) * length;
            for (int at = 0; at <= length; at++) {
                to.put(tokens[from + at]);
            }
            segment.longs().put(i, indices[i]);
        }
        return Map.of("text", text, "segment", segment);
    }
}
