package org.menagerie.plugin.blazeface;

import ai.djl.modality.cv.output.DetectedObjects;
import com.google.inject.AbstractModule;
import org.menagerie.spi.DecoderKind;
import org.menagerie.spi.ModelPlugin;
import org.menagerie.spi.PluginBinder;
import org.menagerie.spi.PluginInfo;

/** Brings the decoder {@code blazeface}. */
public final class BlazeFacePlugin extends AbstractModule implements ModelPlugin {
    @Override
    public PluginInfo info() {
        return new PluginInfo("blazeface", "Faces and six key points of each: MediaPipe's BlazeFace.");
    }

    @Override
    protected void configure() {
        PluginBinder.on(binder())
                .decoder(
                        "blazeface",
                        new DecoderKind<>(DetectedObjects.class, BlazeFaceSettings.class, BlazeFaceDecoder::new));
    }
}
