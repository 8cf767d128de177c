package org.menagerie.spi;

import com.google.inject.Binder;
import com.google.inject.binder.LinkedBindingBuilder;
import com.google.inject.multibindings.MapBinder;

/** Binds a plugin's components by the names that cards use. Two bindings of one name fail, and name both places. */
public final class PluginBinder {
    private final Binder binder;

    private PluginBinder(Binder binder) {
        this.binder = binder;
    }

    public static PluginBinder on(Binder binder) {
        return new PluginBinder(binder.skipSources(PluginBinder.class));
    }

    public PluginBinder preprocessor(String name, PreprocessorKind<?, ?> kind) {
        bind(PreprocessorKind.class, name).toInstance(kind);
        return this;
    }

    public PluginBinder decoder(String name, DecoderKind<?, ?> kind) {
        bind(DecoderKind.class, name).toInstance(kind);
        return this;
    }

    public PluginBinder model(String name, ModelKind<?, ?, ?> kind) {
        bind(ModelKind.class, name).toInstance(kind);
        return this;
    }

    /**
     * A named component of any other type, for example {@code org.menagerie.graph.Architecture}: collected into a
     * {@code Map<String, T>} that is injected with all plugins' contributions.
     */
    public <T> LinkedBindingBuilder<T> bind(Class<T> type, String name) {
        return MapBinder.newMapBinder(binder, String.class, type).addBinding(name);
    }
}
