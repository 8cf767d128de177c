package org.menagerie.training.data;

import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;
import org.menagerie.weights.Sha256;

/**
 * Images with captions that follow from their boxes: {@code image} as the data set has it, and {@code caption} i64[B,12],
 * indices of the labels, from {@code <s>} to {@code </s>}, then padded with 0.
 */
final class CaptionedScenes implements Dataset {
    private static final String COLUMN = "caption";
    /** Changes whenever the grammar does, and with it the hash. */
    private static final String VERSION = "captions 1";

    private final Dataset scenes;
    private final CaptionGrammar grammar;
    private final DatasetInfo info;

    CaptionedScenes(Dataset scenes) {
        this.scenes = scenes;
        this.grammar = new CaptionGrammar(scenes.info().labels());
        List<String> names = scenes.info().columns().stream().map(Column::name).toList();
        if (!names.containsAll(List.of("image", "boxes", "box_label"))) {
            throw new DataSpecificationException(
                    "Captions follow from the columns 'image', 'boxes' and 'box_label'; %s has %s"
                            .formatted(scenes.info().name(), names));
        }
        Column image = scenes.info().columns().get(names.indexOf("image"));
        String content = String.join(" ", VERSION, scenes.info().sha256());
        this.info = new DatasetInfo(
                "captions:" + scenes.info().name(),
                Sha256.of(content.getBytes(StandardCharsets.UTF_8)),
                List.of(image, Column.of(COLUMN, "i64[B,%d]".formatted(CaptionGrammar.LONGEST))),
                CaptionGrammar.WORDS);
    }

    @Override
    public DatasetInfo info() {
        return info;
    }

    @Override
    public int size() {
        return scenes.size();
    }

    @Override
    public Optional<Range> range(String column) {
        return column.equals(COLUMN)
                ? Optional.of(new Range(0, CaptionGrammar.WORDS.size() - 1))
                : scenes.range(column);
    }

    @Override
    public Map<String, Tensor> batch(int[] indices, BatchMemory memory) {
        Map<String, Tensor> drawn = scenes.batch(indices, memory);
        Tensor labels = Column.in(drawn, "box_label");
        float[] boxes = Column.in(drawn, "boxes").toFloatArray();
        long[] kinds = labels.toLongArray();
        int places = (int) labels.shape().dim(1);
        Tensor caption = memory.tensor(COLUMN, ElementType.INT64, indices.length, CaptionGrammar.LONGEST);
        LongBuffer tokens = caption.longs();
        for (int i = 0; i < indices.length; i++) {
            List<String> words = grammar.caption(
                    Arrays.copyOfRange(boxes, 4 * i * places, 4 * (i + 1) * places),
                    Arrays.copyOfRange(kinds, i * places, (i + 1) * places));
            tokens.put(1);
            words.forEach(word -> tokens.put(CaptionGrammar.WORDS.indexOf(word)));
            tokens.put(2);
            for (int at = words.size() + 2; at < CaptionGrammar.LONGEST; at++) {
                tokens.put(0);
            }
        }
        Map<String, Tensor> batch = new LinkedHashMap<>();
        batch.put("image", Column.in(drawn, "image"));
        batch.put(COLUMN, caption);
        return batch;
    }
}
