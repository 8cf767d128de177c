package org.menagerie.plugin.mlsd;

import ai.djl.modality.cv.Image;
import com.google.inject.AbstractModule;
import org.menagerie.spi.DecoderKind;
import org.menagerie.spi.ModelPlugin;
import org.menagerie.spi.PluginBinder;
import org.menagerie.spi.PluginInfo;
import org.menagerie.spi.PreprocessorKind;

/** Brings the preprocessor {@code image-with-alpha}, the decoder {@code mlsd} and how line segments are told. */
public final class MlsdPlugin extends AbstractModule implements ModelPlugin {
    @Override
    public PluginInfo info() {
        return new PluginInfo("mlsd", "Straight line segments in pictures: M-LSD.");
    }

    @Override
    protected void configure() {
        PluginBinder.on(binder())
                .preprocessor(
                        "image-with-alpha",
                        new PreprocessorKind<>(Image.class, AlphaSettings.class, AlphaPreprocessor::new))
                .decoder("mlsd", new DecoderKind<>(LineSegments.class, MlsdSettings.class, MlsdDecoder::new))
                .answer(LineSegmentsAnswer.kind());
    }
}
