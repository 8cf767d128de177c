package org.menagerie.plugin.alexnet;

import com.google.inject.AbstractModule;
import org.menagerie.graph.Architecture;
import org.menagerie.spi.ModelPlugin;
import org.menagerie.spi.PluginBinder;
import org.menagerie.spi.PluginInfo;

/** Brings AlexNet. */
public final class AlexNetPlugin extends AbstractModule implements ModelPlugin {
    @Override
    public PluginInfo info() {
        return new PluginInfo("alexnet", "AlexNet (Krizhevsky 2012), with one tower or two: an image classifier");
    }

    @Override
    protected void configure() {
        PluginBinder.on(binder()).bind(Architecture.class, "alexnet").toInstance(new AlexNet());
    }
}
