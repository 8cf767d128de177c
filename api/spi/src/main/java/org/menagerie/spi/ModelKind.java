package org.menagerie.spi;

/**
 * A whole model that cards can name, for those that one network between a preprocessor and a decoder cannot express:
 * pipelines of several networks, recurrent state, streams. Bound by a plugin through {@link PluginBinder}.
 *
 * @param input the task's input type
 * @param output the task's answer type
 * @param settings the record that the card's settings are read into; its components are the allowed fields
 * @param create makes the model; its networks are closed with it
 */
public record ModelKind<I, O, S extends Record>(
        Class<I> input, Class<O> output, Class<S> settings, Create<I, O, S> create) implements Configurable {
    /** Makes a model from its settings, its card and the files that the card lists. */
    @FunctionalInterface
    public interface Create<I, O, S> {
        Model<I, O> create(S settings, ModelCard card, Artifacts artifacts);
    }
}
