package org.menagerie.plugin.unet;

import com.google.inject.AbstractModule;
import org.menagerie.graph.Architecture;
import org.menagerie.spi.ModelPlugin;
import org.menagerie.spi.PluginBinder;
import org.menagerie.spi.PluginInfo;

/** Brings U-Net. */
public final class UnetPlugin extends AbstractModule implements ModelPlugin {
    @Override
    public PluginInfo info() {
        return new PluginInfo("unet", "U-Net (Ronneberger 2015): a class for each pixel");
    }

    @Override
    protected void configure() {
        PluginBinder.on(binder()).bind(Architecture.class, "unet").toInstance(new Unet());
    }
}
