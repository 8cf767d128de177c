package org.menagerie.studio.metric;

import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.output.CategoryMask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.training.data.Dataset;
import org.menagerie.training.metrics.ConfusionMatrix;

/**
 * The mean over classes of intersection over union ({@code mIoU}), the background one of them, and the share of right pixels
 * of a model that tells a class for each pixel; both over all pictures together. The column {@code mask} is 0 for the background
 * and 1 + class elsewhere.
 */
final class SegmentationMetric implements Measure<CategoryMask> {
    private static final String BACKGROUND = "background";

    private final List<String> names = new ArrayList<>(List.of(BACKGROUND));
    private final ConfusionMatrix confusion;

    private SegmentationMetric(Dataset data) {
        names.addAll(data.info().labels());
        confusion = new ConfusionMatrix(names.size());
    }

    static MetricKind<Image, CategoryMask> kind() {
        return MetricKind.of(
                        "segmenters of pictures",
                        Examples.images(),
                        CategoryMask.class,
                        List.of("mask"),
                        List.of("mIoU", "pixel_accuracy"),
                        (data, card) -> new SegmentationMetric(data))
                .reportedBy(SegmentationPart::new)
                .asUsual();
    }

    @Override
    public void add(CategoryMask answer, Example example) {
        confusion.addMask(
                Arrays.stream(example.longs("mask")).mapToInt(Math::toIntExact).toArray(), predicted(answer), -1);
    }

    /** The pixels' classes, numbered as the data's names are. */
    private int[] predicted(CategoryMask mask) {
        int[] numbers = mask.getClasses().stream().mapToInt(this::number).toArray();
        return Arrays.stream(mask.getMask())
                .flatMapToInt(Arrays::stream)
                .map(c -> numbers[c])
                .toArray();
    }

    private int number(String name) {
        int number = names.indexOf(name);
        if (number < 0) {
            throw new InvalidInputException("The model has class '%s'; the data has %s".formatted(name, names));
        }
        return number;
    }

    @Override
    public Map<String, Double> figures() {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("mIoU", confusion.meanIou());
        figures.put("pixel_accuracy", confusion.accuracy());
        return figures;
    }
}
