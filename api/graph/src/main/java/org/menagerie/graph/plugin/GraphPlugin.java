package org.menagerie.graph.plugin;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.MapBinder;
import org.menagerie.graph.Architecture;
import org.menagerie.spi.ModelPlugin;
import org.menagerie.spi.NetworkFormat;
import org.menagerie.spi.PluginBinder;
import org.menagerie.spi.PluginInfo;

/** Networks from safetensors: an architecture's plugin brings this along, so a host needs no training for them. */
public final class GraphPlugin extends AbstractModule implements ModelPlugin {
    @Override
    public PluginInfo info() {
        return new PluginInfo("graph", "Networks of architectures from safetensors");
    }

    @Override
    protected void configure() {
        MapBinder.newMapBinder(binder(), String.class, Architecture.class); // exists even if no plugin brings one
        PluginBinder.on(binder()).bind(NetworkFormat.class, "safetensors").to(SafetensorsFormat.class);
    }
}
