package org.menagerie.spi;

import java.util.function.BiFunction;

/**
 * A decoder that cards can name, with the settings it takes. Bound by a plugin through {@link PluginBinder}.
 *
 * @param output the task's answer type
 * @param settings the record that the card's settings are read into; its components are the allowed fields
 * @param create makes the decoder from its settings and the card, which holds the labels
 */
public record DecoderKind<O, S extends Record>(
        Class<O> output, Class<S> settings, BiFunction<S, ModelCard, Decoder<O>> create) implements Configurable {}
