package org.menagerie.hub;

import java.util.List;
import java.util.Optional;
import org.menagerie.spi.Model;

/**
 * A model and the types it was declared with, for callers that learn them at run time.
 *
 * @param model the model
 * @param input what it takes
 * @param output what it answers
 * @param device where its networks run, for example {@code cpu} or {@code cuda:0}; empty if it has none yet
 */
public record TypedModel<I, O>(Model<I, O> model, Class<I> input, Class<O> output, String device) {
    /**
     * The answers to inputs of a type that the compiler does not know.
     *
     * @throws ClassCastException if one is not of the input type
     */
    public List<O> predictAny(List<?> inputs) {
        return model.predict(inputs.stream().map(input::cast).toList());
    }

    /**
     * One prediction, stage by stage, to see where a wrong answer comes from; empty if the model is more than one network.
     *
     * @throws ClassCastException if the input is not of the input type
     */
    public Optional<Trace> trace(Object value) {
        return model instanceof SharedModel<I, O> shared ? shared.trace(input.cast(value)) : Optional.empty();
    }
}
