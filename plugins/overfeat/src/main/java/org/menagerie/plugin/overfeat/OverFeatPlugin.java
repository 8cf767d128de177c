package org.menagerie.plugin.overfeat;

import ai.djl.modality.cv.output.DetectedObjects;
import com.google.inject.AbstractModule;
import org.menagerie.graph.Architecture;
import org.menagerie.spi.DecoderKind;
import org.menagerie.spi.ModelPlugin;
import org.menagerie.spi.PluginBinder;
import org.menagerie.spi.PluginInfo;

/** Brings the architecture {@code overfeat} and the decoder of its windows. */
public final class OverFeatPlugin extends AbstractModule implements ModelPlugin {
    @Override
    public PluginInfo info() {
        return new PluginInfo(
                "overfeat", "Detection by a classifier that scans pictures at several scales (Sermanet 2013)");
    }

    @Override
    protected void configure() {
        PluginBinder binder = PluginBinder.on(binder());
        binder.bind(Architecture.class, "overfeat").toInstance(new OverFeat());
        binder.decoder(
                "overfeat", new DecoderKind<>(DetectedObjects.class, OverFeatSettings.class, OverFeatDecoder::new));
    }
}
