package org.menagerie.plugin.slidingwindow;

import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.output.DetectedObjects;
import com.google.inject.AbstractModule;
import org.menagerie.spi.ModelKind;
import org.menagerie.spi.ModelPlugin;
import org.menagerie.spi.PluginBinder;
import org.menagerie.spi.PluginInfo;

/** Brings the model kind {@code sliding-window}. */
public final class SlidingWindowPlugin extends AbstractModule implements ModelPlugin {
    @Override
    public PluginInfo info() {
        return new PluginInfo("sliding-window", "Any classifier of pictures as a detector: it looks at every window");
    }

    @Override
    protected void configure() {
        PluginBinder.on(binder())
                .model(
                        "sliding-window",
                        new ModelKind<>(
                                Image.class,
                                DetectedObjects.class,
                                SlidingWindowSettings.class,
                                SlidingWindow::create));
    }
}
