package org.menagerie.spi;

import java.util.function.BiFunction;

/**
 * A decoder that cards can name, with the settings it takes. Bound by a plugin through {@link PluginBinder}.
 *
 * @param output the task's answer type
 * @param settings the record that the card's settings are read into; its components are the allowed fields
 * @param create makes the decoder from its settings and the card, which holds the labels
 * @param merges whether it makes a {@link MergingDecoder}, so that models may have the setting {@code tta}
 */
public record DecoderKind<O, S extends Record>(
        Class<O> output, Class<S> settings, BiFunction<S, ModelCard, Decoder<O>> create, boolean merges)
        implements Configurable {
    /** A decoder of one look at each input. */
    public DecoderKind(Class<O> output, Class<S> settings, BiFunction<S, ModelCard, Decoder<O>> create) {
        this(output, settings, create, false);
    }

    /** A decoder that can answer from several looks at each input. */
    public static <O, S extends Record> DecoderKind<O, S> merging(
            Class<O> output, Class<S> settings, BiFunction<S, ModelCard, MergingDecoder<O>> create) {
        return new DecoderKind<>(output, settings, create::apply, true);
    }

    /** Makes the decoder as settings state it, without the looks that the model around it may take. */
    public Decoder<O> create(Settings stated, ModelCard card) {
        Settings own = merges ? stated.without(MergingDecoder.SETTING) : stated;
        return create.apply(own.as(settings), card);
    }
}
