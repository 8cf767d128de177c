package org.menagerie.plugin.vgg;

import com.google.inject.AbstractModule;
import org.menagerie.graph.Architecture;
import org.menagerie.spi.ModelPlugin;
import org.menagerie.spi.PluginBinder;
import org.menagerie.spi.PluginInfo;

/** Brings VGG networks. */
public final class VggPlugin extends AbstractModule implements ModelPlugin {
    @Override
    public PluginInfo info() {
        return new PluginInfo("vgg", "VGG (Simonyan 2015), 11 to 19 layers of 3x3 convolutions: an image classifier");
    }

    @Override
    protected void configure() {
        PluginBinder.on(binder()).bind(Architecture.class, "vgg").toInstance(new Vgg());
    }
}
