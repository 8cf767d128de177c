package org.menagerie.studio.metric;

import ai.djl.modality.Classifications;
import ai.djl.modality.Classifications.Classification;
import ai.djl.modality.cv.Image;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.ModelCard;
import org.menagerie.training.data.Dataset;

/** Accuracy of a classifier: the shares of answers whose first, or one of the first five classes is right. */
final class ClassificationMetric implements Measure<Classifications> {
    private static final int TOP = 5;

    private final List<String> names;
    private final int[] ranks = new int[TOP];
    private int examples;

    /** Labels are compared by name where data and model share names, and else by number. */
    private ClassificationMetric(Dataset data, ModelCard card) {
        this.names = ClassNames.of(card.labels(), data.info());
    }

    static MetricKind<Image, Classifications> ofImages() {
        return kind("classifiers of pictures", Examples.images());
    }

    static MetricKind<float[], Classifications> ofRows() {
        return kind("classifiers of rows of numbers", Examples.rows());
    }

    static MetricKind<String, Classifications> ofTexts() {
        return kind("classifiers of texts", Examples.texts());
    }

    private static <I> MetricKind<I, Classifications> kind(String subject, Examples<I> examples) {
        return MetricKind.of(
                        subject,
                        examples,
                        Classifications.class,
                        List.of("label"),
                        List.of("accuracy", "top_5_accuracy"),
                        ClassificationMetric::new)
                .reportedBy(ClassificationPart::new)
                .asUsual();
    }

    @Override
    public void add(Classifications answer, Example example) {
        List<String> best = answer.<Classification>topK(TOP).stream()
                .map(Classification::getClassName)
                .toList();
        int rank = best.indexOf(name(example.number("label")));
        if (rank >= 0) {
            ranks[rank]++;
        }
        examples++;
    }

    private String name(long label) {
        if (label >= names.size()) {
            throw new InvalidInputException(
                    "The data has class %d; the model has the %d classes %s".formatted(label, names.size(), names));
        }
        return names.get((int) label);
    }

    @Override
    public Map<String, Double> figures() {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("accuracy", (double) ranks[0] / examples);
        figures.put("top_5_accuracy", (double) IntStream.of(ranks).sum() / examples);
        return figures;
    }
}
