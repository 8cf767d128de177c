package org.menagerie.plugin.localizer;

import com.google.inject.AbstractModule;
import org.menagerie.graph.Architecture;
import org.menagerie.spi.ModelPlugin;
import org.menagerie.spi.PluginBinder;
import org.menagerie.spi.PluginInfo;

/** Brings the architecture {@code localizer}. */
public final class LocalizerPlugin extends AbstractModule implements ModelPlugin {
    @Override
    public PluginInfo info() {
        return new PluginInfo("localizer", "Any image classifier with four more outputs: a class and one box");
    }

    @Override
    protected void configure() {
        PluginBinder.on(binder()).bind(Architecture.class, "localizer").to(Localizer.class);
    }
}
