package org.menagerie.vision;

import ai.djl.modality.Classifications;
import ai.djl.modality.cv.Image;
import com.google.inject.AbstractModule;
import org.menagerie.spi.DecoderKind;
import org.menagerie.spi.ModelPlugin;
import org.menagerie.spi.PluginBinder;
import org.menagerie.spi.PluginInfo;
import org.menagerie.spi.PreprocessorKind;

/** Brings the preprocessor {@code image} and the decoder {@code classification}. */
public final class VisionPlugin extends AbstractModule implements ModelPlugin {
    @Override
    public PluginInfo info() {
        return new PluginInfo("vision", "Pictures to tensors, and class scores to labels.");
    }

    @Override
    protected void configure() {
        PluginBinder.on(binder())
                .preprocessor("image", new PreprocessorKind<>(Image.class, ImageSettings.class, ImagePreprocessor::new))
                .decoder(
                        "classification",
                        new DecoderKind<>(
                                Classifications.class, ClassificationSettings.class, ClassificationDecoder::new));
    }
}
