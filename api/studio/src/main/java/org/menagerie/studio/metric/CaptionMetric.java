package org.menagerie.studio.metric;

import ai.djl.modality.cv.Image;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.menagerie.text.generation.GeneratedText;
import org.menagerie.text.generation.GeneratedTexts;

/**
 * How captions compare with the column {@code caption}, i64[B,T], indices of the data's labels from start to end: the share that is
 * equal word for word, and BLEU-4 of all together. The first text of an answer counts.
 */
final class CaptionMetric implements Measure<GeneratedTexts> {
    private static final String COLUMN = "caption";
    private static final List<String> NO_WORDS = List.of("<pad>", "<s>", "</s>");

    private final List<String> words;
    private final Bleu bleu = new Bleu(4);
    private int examples;
    private int equal;

    private CaptionMetric(List<String> words) {
        this.words = words;
    }

    static MetricKind<Image, GeneratedTexts> kind() {
        return MetricKind.of(
                        "captioners of images",
                        Examples.images(),
                        GeneratedTexts.class,
                        List.of(COLUMN),
                        List.of("exact_match", "bleu_4"),
                        (data, card) -> new CaptionMetric(data.info().labels()))
                .asUsual();
    }

    @Override
    public void add(GeneratedTexts answer, Example example) {
        List<String> expected = new ArrayList<>();
        for (long word : example.longs(COLUMN)) {
            if (!NO_WORDS.contains(words.get((int) word))) {
                expected.add(words.get((int) word));
            }
        }
        List<GeneratedText> texts = answer.texts();
        List<String> written = texts.isEmpty() ? List.of() : texts.get(0).tokens();
        examples++;
        equal += written.equals(expected) ? 1 : 0;
        bleu.add(written, expected);
    }

    @Override
    public Map<String, Double> figures() {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("exact_match", (double) equal / examples);
        figures.put("bleu_4", bleu.score());
        return figures;
    }
}
