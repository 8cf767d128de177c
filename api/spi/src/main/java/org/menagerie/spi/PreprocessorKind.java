package org.menagerie.spi;

import java.util.function.Function;

/**
 * A preprocessor that cards can name, with the settings it takes. Bound by a plugin through {@link PluginBinder}.
 *
 * @param input the task's input type
 * @param settings the record that the card's settings are read into; its components are the allowed fields
 * @param create makes the preprocessor, which is closed with its model
 */
public record PreprocessorKind<I, S extends Record>(Class<I> input, Class<S> settings, Create<I, S> create)
        implements Configurable {
    /** Makes a preprocessor from its settings and the files that the card lists, for example a vocabulary. */
    @FunctionalInterface
    public interface Create<I, S> {
        Preprocessor<I> create(S settings, Artifacts artifacts);
    }

    /** A preprocessor that needs no files. */
    public PreprocessorKind(Class<I> input, Class<S> settings, Function<S, Preprocessor<I>> create) {
        this(input, settings, (chosen, artifacts) -> create.apply(chosen));
    }
}
