package org.menagerie.plugin.resnet;

import com.google.inject.AbstractModule;
import org.menagerie.graph.Architecture;
import org.menagerie.spi.ModelPlugin;
import org.menagerie.spi.PluginBinder;
import org.menagerie.spi.PluginInfo;

/** Brings residual networks. */
public final class ResNetPlugin extends AbstractModule implements ModelPlugin {
    @Override
    public PluginInfo info() {
        return new PluginInfo(
                "resnet", "Residual networks (He 2016), from ResNet-18 to 152 and from 20 to 110 for small pictures");
    }

    @Override
    protected void configure() {
        PluginBinder.on(binder()).bind(Architecture.class, "resnet").toInstance(new ResNet());
    }
}
