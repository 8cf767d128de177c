package org.menagerie.studio.metric;

import com.google.inject.AbstractModule;
import org.menagerie.spi.ModelPlugin;
import org.menagerie.spi.PluginBinder;
import org.menagerie.spi.PluginInfo;

/**
 * Brings the metrics {@code accuracy}, {@code row-accuracy}, {@code text-accuracy}, {@code mIoU}, {@code mAP}, {@code voc-mAP},
 * {@code localization} and {@code error-rate}.
 */
public final class MetricPlugin extends AbstractModule implements ModelPlugin {
    @Override
    public PluginInfo info() {
        return new PluginInfo("metrics", "Measures of classifiers, segmenters, detectors and writers of texts");
    }

    @Override
    protected void configure() {
        PluginBinder metrics = PluginBinder.on(binder());
        metrics.bind(MetricKind.class, "accuracy").toInstance(ClassificationMetric.ofImages());
        metrics.bind(MetricKind.class, "row-accuracy").toInstance(ClassificationMetric.ofRows());
        metrics.bind(MetricKind.class, "text-accuracy").toInstance(ClassificationMetric.ofTexts());
        metrics.bind(MetricKind.class, "mIoU").toInstance(SegmentationMetric.kind());
        metrics.bind(MetricKind.class, "mAP").toInstance(DetectionMetric.kind());
        metrics.bind(MetricKind.class, "localization").toInstance(LocalizationMetric.kind());
        metrics.bind(MetricKind.class, "voc-mAP").toInstance(VocMetric.kind());
        metrics.bind(MetricKind.class, "error-rate").toInstance(TranscriptionMetric.kind());
        metrics.bind(MetricKind.class, "captions").toInstance(CaptionMetric.kind());
    }
}
