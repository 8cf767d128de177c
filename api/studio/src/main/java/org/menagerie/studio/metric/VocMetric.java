package org.menagerie.studio.metric;

import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.output.DetectedObjects;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.menagerie.spi.ModelCard;
import org.menagerie.training.data.Dataset;
import org.menagerie.training.metrics.VocPrecision;

/**
 * Average precision of a detector as PASCAL VOC measures it, at IoU .5: over 11 recalls ({@code mAP_11_points}, VOC up to 2009) and as
 * the area under the curve ({@code mAP_area}, VOC from 2010).
 */
final class VocMetric implements Measure<DetectedObjects> {
    private final DetectionExamples examples;
    private final VocPrecision precision;

    private VocMetric(Dataset data, ModelCard card) {
        this.examples = DetectionExamples.of(data, card);
        this.precision = new VocPrecision(examples.labels().size());
    }

    static MetricKind<Image, DetectedObjects> kind() {
        return DetectionMetric.kind(List.of("mAP_11_points", "mAP_area"), VocMetric::new);
    }

    @Override
    public void add(DetectedObjects answer, Example example) {
        precision.add(examples.found(answer, example), examples.present(example));
    }

    @Override
    public Map<String, Double> figures() {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("mAP_11_points", precision.elevenPoints());
        figures.put("mAP_area", precision.area());
        return figures;
    }
}
