package org.menagerie.plugin.captioning;

import com.google.inject.AbstractModule;
import org.menagerie.graph.Architecture;
import org.menagerie.spi.ModelPlugin;
import org.menagerie.spi.PluginBinder;
import org.menagerie.spi.PluginInfo;

/** Brings a captioner of images. */
public final class CaptioningPlugin extends AbstractModule implements ModelPlugin {
    @Override
    public PluginInfo info() {
        return new PluginInfo("captioning", "Captions for images, with attention (Xu 2015) or without (Vinyals 2015)");
    }

    @Override
    protected void configure() {
        PluginBinder.on(binder()).bind(Architecture.class, "captioner").toInstance(new Captioner());
    }
}
