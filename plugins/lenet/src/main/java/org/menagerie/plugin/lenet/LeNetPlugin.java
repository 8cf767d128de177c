package org.menagerie.plugin.lenet;

import com.google.inject.AbstractModule;
import org.menagerie.graph.Architecture;
import org.menagerie.spi.ModelPlugin;
import org.menagerie.spi.PluginBinder;
import org.menagerie.spi.PluginInfo;

/** Brings LeNet-5. */
public final class LeNetPlugin extends AbstractModule implements ModelPlugin {
    @Override
    public PluginInfo info() {
        return new PluginInfo("lenet", "LeNet-5 (LeCun 1998), a small convolutional classifier");
    }

    @Override
    protected void configure() {
        PluginBinder.on(binder()).bind(Architecture.class, "lenet").toInstance(new LeNet());
    }
}
