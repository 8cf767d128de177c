package org.menagerie.plugin.segnet;

import com.google.inject.AbstractModule;
import org.menagerie.graph.Architecture;
import org.menagerie.spi.ModelPlugin;
import org.menagerie.spi.PluginBinder;
import org.menagerie.spi.PluginInfo;

/** Brings SegNet, DeconvNet and a plain bottleneck. */
public final class SegNetPlugin extends AbstractModule implements ModelPlugin {
    @Override
    public PluginInfo info() {
        return new PluginInfo(
                "segnet", "SegNet (Badrinarayanan 2017) and DeconvNet (Noh 2015): a class for each pixel");
    }

    @Override
    protected void configure() {
        PluginBinder.on(binder()).bind(Architecture.class, "segnet").toInstance(new SegNet());
    }
}
