package org.menagerie.spi;

import java.util.function.Function;

/**
 * A preprocessor that cards can name, with the settings it takes. Bound by a plugin through {@link PluginBinder}.
 *
 * @param input the task's input type
 * @param settings the record that the card's settings are read into; its components are the allowed fields
 * @param create makes the preprocessor
 */
public record PreprocessorKind<I, S extends Record>(
        Class<I> input, Class<S> settings, Function<S, Preprocessor<I>> create) {}
