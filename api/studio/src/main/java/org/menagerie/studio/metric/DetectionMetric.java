package org.menagerie.studio.metric;

import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.output.DetectedObjects;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.ToDoubleFunction;
import org.menagerie.spi.ModelCard;
import org.menagerie.training.data.Dataset;
import org.menagerie.training.metrics.AveragePrecision;
import org.menagerie.training.metrics.ObjectSize;

/**
 * COCO's twelve figures of a detector in pictures: average precision at IoU .5 ({@code mAP_50}), averaged over IoU .5 to .95 ({@code
 * mAP_50_95}), at .75, and for small, medium and large objects; recall with 1, 10 and 100 detections of a picture and class, and for
 * small, medium and large objects. A figure is NaN if the data has no such object.
 */
final class DetectionMetric implements Measure<DetectedObjects> {
    private static final Map<String, ToDoubleFunction<AveragePrecision>> FIGURES = new LinkedHashMap<>();

    static {
        FIGURES.put("mAP_50", AveragePrecision::at50);
        FIGURES.put("mAP_50_95", AveragePrecision::at50To95);
        FIGURES.put("mAP_75", AveragePrecision::at75);
        FIGURES.put("mAP_small", precision -> precision.at50To95(ObjectSize.SMALL));
        FIGURES.put("mAP_medium", precision -> precision.at50To95(ObjectSize.MEDIUM));
        FIGURES.put("mAP_large", precision -> precision.at50To95(ObjectSize.LARGE));
        FIGURES.put("mAR_1", precision -> precision.recall(ObjectSize.ALL, 1));
        FIGURES.put("mAR_10", precision -> precision.recall(ObjectSize.ALL, 10));
        FIGURES.put("mAR_100", precision -> precision.recall(ObjectSize.ALL, AveragePrecision.MOST_DETECTIONS));
        FIGURES.put("mAR_small", precision -> precision.recall(ObjectSize.SMALL, AveragePrecision.MOST_DETECTIONS));
        FIGURES.put("mAR_medium", precision -> precision.recall(ObjectSize.MEDIUM, AveragePrecision.MOST_DETECTIONS));
        FIGURES.put("mAR_large", precision -> precision.recall(ObjectSize.LARGE, AveragePrecision.MOST_DETECTIONS));
    }

    private final DetectionExamples examples;
    private final AveragePrecision precision;

    private DetectionMetric(Dataset data, ModelCard card) {
        this.examples = DetectionExamples.of(data, card);
        this.precision = new AveragePrecision(examples.labels().size());
    }

    static MetricKind<Image, DetectedObjects> kind() {
        return kind(List.copyOf(FIGURES.keySet()), DetectionMetric::new).asUsual();
    }

    /** A metric of detectors. They are loaded with a low threshold: unsure answers count too, as precision is measured at every recall. */
    static MetricKind<Image, DetectedObjects> kind(
            List<String> figures, BiFunction<Dataset, ModelCard, Measure<DetectedObjects>> measure) {
        return MetricKind.of(
                        "detectors in pictures",
                        Examples.images(),
                        DetectedObjects.class,
                        List.of("boxes", "box_label"),
                        figures,
                        measure)
                .reportedBy(DetectionPart::new)
                .withSettings(Map.of("threshold", JsonNodeFactory.instance.numberNode(0.01)));
    }

    @Override
    public void add(DetectedObjects answer, Example example) {
        precision.add(examples.found(answer, example), examples.present(example));
    }

    @Override
    public Map<String, Double> figures() {
        Map<String, Double> figures = new LinkedHashMap<>();
        FIGURES.forEach((name, figure) -> figures.put(name, figure.applyAsDouble(precision)));
        return figures;
    }
}
