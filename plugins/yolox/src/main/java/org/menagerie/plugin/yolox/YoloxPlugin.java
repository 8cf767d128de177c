package org.menagerie.plugin.yolox;

import ai.djl.modality.cv.output.DetectedObjects;
import com.google.inject.AbstractModule;
import org.menagerie.spi.DecoderKind;
import org.menagerie.spi.ModelPlugin;
import org.menagerie.spi.PluginBinder;
import org.menagerie.spi.PluginInfo;

/** Brings the decoder {@code anchor-free-yolo}. */
public final class YoloxPlugin extends AbstractModule implements ModelPlugin {
    @Override
    public PluginInfo info() {
        return new PluginInfo("yolox", "Objects in pictures by anchor-free YOLO networks: YOLOX and its relatives.");
    }

    @Override
    protected void configure() {
        PluginBinder.on(binder())
                .decoder(
                        "anchor-free-yolo",
                        DecoderKind.merging(DetectedObjects.class, AnchorFreeSettings.class, AnchorFreeDecoder::new));
    }
}
