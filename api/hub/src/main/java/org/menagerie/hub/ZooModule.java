package org.menagerie.hub;

import com.google.inject.AbstractModule;
import com.google.inject.Injector;
import com.google.inject.Provides;
import com.google.inject.Singleton;

/**
 * For hosts that use Guice: binds {@link Zoo}, and installs the plugins that work into the host's injector, so that the
 * host's own {@link org.menagerie.spi.PluginBinder} bindings join theirs. The host closes the zoo.
 */
public final class ZooModule extends AbstractModule {
    private final Hub hub;
    private final Plugins plugins;

    public ZooModule() {
        this(ZooOptions.defaults());
    }

    public ZooModule(ZooOptions options) {
        this.hub = new Hub(options);
        this.plugins = hub.plugins();
    }

    @Override
    protected void configure() {
        install(Plugins.components(hub.builtIn()));
        plugins.loaded().forEach(plugin -> install(plugin.module()));
    }

    @Provides
    @Singleton
    Zoo zoo(Injector injector) {
        return new Zoo(hub, plugins, injector);
    }
}
