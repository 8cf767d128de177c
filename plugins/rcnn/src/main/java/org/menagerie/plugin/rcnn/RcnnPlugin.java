package org.menagerie.plugin.rcnn;

import com.google.inject.AbstractModule;
import org.menagerie.graph.Architecture;
import org.menagerie.spi.ModelPlugin;
import org.menagerie.spi.PluginBinder;
import org.menagerie.spi.PluginInfo;

/** Brings the architecture {@code faster-rcnn}. */
public final class RcnnPlugin extends AbstractModule implements ModelPlugin {
    @Override
    public PluginInfo info() {
        return new PluginInfo("rcnn", "Faster R-CNN (Ren 2015) and Fast R-CNN (Girshick 2015): detection by regions");
    }

    @Override
    protected void configure() {
        PluginBinder.on(binder()).bind(Architecture.class, "faster-rcnn").toInstance(new FasterRcnn());
    }
}
