package org.menagerie.plugin.yolo;

import ai.djl.modality.cv.output.DetectedObjects;
import com.google.inject.AbstractModule;
import org.menagerie.graph.Architecture;
import org.menagerie.spi.DecoderKind;
import org.menagerie.spi.ModelPlugin;
import org.menagerie.spi.PluginBinder;
import org.menagerie.spi.PluginInfo;

/** Brings the architecture {@code yolo} and the decoder of its grid. */
public final class YoloPlugin extends AbstractModule implements ModelPlugin {
    @Override
    public PluginInfo info() {
        return new PluginInfo("yolo", "Detection as one grid (Redmon 2016), with the paper's backbone and a small one");
    }

    @Override
    protected void configure() {
        PluginBinder binder = PluginBinder.on(binder());
        binder.bind(Architecture.class, "yolo").toInstance(new Yolo());
        binder.decoder("yolo", DecoderKind.merging(DetectedObjects.class, YoloSettings.class, YoloDecoder::new));
    }
}
