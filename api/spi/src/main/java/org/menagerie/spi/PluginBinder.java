package org.menagerie.spi;

import com.google.inject.Binder;
import com.google.inject.binder.LinkedBindingBuilder;
import com.google.inject.multibindings.MapBinder;
import java.util.Optional;
import java.util.function.Consumer;
import org.menagerie.spi.answer.AnswerKind;
import org.menagerie.spi.input.InputKind;

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

    /** How answers of a type are told; two kinds of one type are told as a name that is bound twice. */
    public PluginBinder answer(AnswerKind<?> kind) {
        bind(AnswerKind.class, kind.type().getTypeName()).toInstance(kind);
        return this;
    }

    /** How inputs of a type are read; two kinds of one type are told as a name that is bound twice. */
    public PluginBinder input(InputKind<?> kind) {
        bind(InputKind.class, kind.type().getTypeName()).toInstance(kind);
        return this;
    }

    /**
     * A named component of any other type, for example {@code org.menagerie.graph.Architecture}: collected into a
     * {@code Map<String, T>} that is injected with all plugins' contributions.
     */
    public <T> LinkedBindingBuilder<T> bind(Class<T> type, String name) {
        return MapBinder.newMapBinder(binder, String.class, type).addBinding(name);
    }

    /**
     * Bindings of components that need a module which a host may lack: one that only runs models has no training. There they
     * are left out; what the plugin binds otherwise stays.
     *
     * @param bindings a lambda, so that the classes it names are looked for only when it runs
     */
    public PluginBinder optional(Consumer<PluginBinder> bindings) {
        try {
            bindings.accept(this);
        } catch (NoClassDefFoundError e) {
            if (missingModule(e).isEmpty()) {
                throw e;
            }
        }
        return this;
    }

    /** The class of Menagerie that was not found; empty if what was not found is somebody else's. */
    public static Optional<String> missingModule(NoClassDefFoundError error) {
        String name = String.valueOf(error.getMessage()).replace('/', '.');
        return name.startsWith("org.menagerie.") && !name.startsWith("org.menagerie.plugin.")
                ? Optional.of(name)
                : Optional.empty();
    }
}
