package org.menagerie.plugin.paddleocr;

import ai.djl.modality.cv.Image;
import com.google.inject.AbstractModule;
import org.menagerie.spi.ModelKind;
import org.menagerie.spi.ModelPlugin;
import org.menagerie.spi.PluginBinder;
import org.menagerie.spi.PluginInfo;
import org.menagerie.vision.RecognizedText;

/** Brings the model kind {@code paddle-ocr}. */
public final class PaddleOcrPlugin extends AbstractModule implements ModelPlugin {
    @Override
    public PluginInfo info() {
        return new PluginInfo("paddle-ocr", "Text in pictures: PaddleOCR's mobile networks as one pipeline.");
    }

    @Override
    protected void configure() {
        PluginBinder.on(binder())
                .model(
                        "paddle-ocr",
                        new ModelKind<>(Image.class, RecognizedText.class, PaddleOcrSettings.class, PaddleOcr::new));
    }
}
