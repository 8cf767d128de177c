package org.menagerie.spi;

import java.util.Optional;

/**
 * A whole model that cards can name, for those that one network between a preprocessor and a decoder cannot express:
 * pipelines of several networks, recurrent state, streams. Bound by a plugin through {@link PluginBinder}.
 *
 * @param input the task's input type where the card names no preprocessor
 * @param output the task's answer type
 * @param settings the record that the card's settings are read into; its components are the allowed fields
 * @param create makes the model; its networks are closed with it
 * @param prepared makes the model of a card that names a preprocessor, whose input type is then the model's; empty if the kind
 *     always prepares its inputs itself
 */
public record ModelKind<I, O, S extends Record>(
        Class<I> input,
        Class<O> output,
        Class<S> settings,
        Create<I, O, S> create,
        Optional<CreatePrepared<O, S>> prepared)
        implements Configurable {
    /** Makes a model from its settings, its card and the files that the card lists. */
    @FunctionalInterface
    public interface Create<I, O, S> {
        Model<I, O> create(S settings, ModelCard card, Artifacts artifacts);
    }

    /** Makes a model whose inputs a preprocessor prepares, which is closed with the model. */
    @FunctionalInterface
    public interface CreatePrepared<O, S> {
        <I> Model<I, O> create(S settings, ModelCard card, Artifacts artifacts, Preprocessor<I> preprocessor);
    }

    /** A kind that prepares its inputs itself. */
    public ModelKind(Class<I> input, Class<O> output, Class<S> settings, Create<I, O, S> create) {
        this(input, output, settings, create, Optional.empty());
    }

    /** The same kind, which can also work on what a card's preprocessor gives. */
    public ModelKind<I, O, S> orPrepared(CreatePrepared<O, S> by) {
        return new ModelKind<>(input, output, settings, create, Optional.of(by));
    }
}
