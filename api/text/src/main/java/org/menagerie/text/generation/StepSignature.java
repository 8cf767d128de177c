package org.menagerie.text.generation;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.menagerie.spi.CardException;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Network;
import org.menagerie.spi.Network.TensorInfo;

/**
 * What a step network takes and gives, read from its declaration.
 *
 * <p>{@code token i64[B]} is the last token of each row. {@code position i64[B]} (how many tokens the row holds already) and
 * {@code source i64[B]} (the encoded input that a row continues) are optional. Every input {@code X} with an output {@code
 * next_X} is a state; its first axis is the batch, and any other symbolic axis grows by one element per token. All other
 * inputs come from the encoder or the preprocessor by name. {@code logits f32[B,V]} and optionally {@code attention f32[B,S]}
 * come out.
 *
 * @param states the states as inputs
 * @param given names of inputs that the encoder or the preprocessor gives
 */
record StepSignature(List<TensorInfo> states, Set<String> given, boolean position, boolean source, boolean attention) {
    static final String NEXT = "next_";

    static StepSignature of(String model, Network step) {
        Set<String> outputs = new LinkedHashSet<>();
        step.outputs().forEach(output -> outputs.add(output.name()));
        List<TensorInfo> states = new ArrayList<>();
        Set<String> given = new LinkedHashSet<>();
        for (TensorInfo input : step.inputs()) {
            if (outputs.contains(NEXT + input.name())) {
                requireState(model, input);
                states.add(input);
            } else {
                given.add(input.name());
            }
        }
        boolean token = given.remove("token");
        if (!token || !outputs.contains("logits")) {
            throw new CardException(
                    "The step network of model '%s' takes %s and gives %s; expected an input 'token' and an output 'logits'"
                            .formatted(model, step.inputs(), step.outputs()));
        }
        for (TensorInfo input : step.inputs()) {
            if (Set.of("token", "position", "source").contains(input.name())
                    && input.elementType() != ElementType.INT64) {
                throw new CardException(
                        "The step network of model '%s' takes %s; expected i64[B]".formatted(model, input));
            }
        }
        return new StepSignature(
                states, given, given.remove("position"), given.remove("source"), outputs.contains("attention"));
    }

    private static void requireState(String model, TensorInfo state) {
        if (state.dims().isEmpty() || extent(state.dims().get(0)) >= 0) {
            throw new CardException(
                    "The state %s of model '%s' has no axis for the batch; expected a symbolic first axis, as in %s f32[B,8]"
                            .formatted(state, model, state.name()));
        }
    }

    /** An extent as the graph declares it; −1 for a symbolic one. */
    static int extent(String dim) {
        return dim.matches("\\d{1,9}") ? Integer.parseInt(dim) : -1;
    }

    /** How many tokens the network tells apart; −1 if it does not declare it. */
    static int vocabulary(Network step) {
        return step.outputs().stream()
                .filter(output ->
                        output.name().equals("logits") && output.dims().size() == 2)
                .mapToInt(output -> extent(output.dims().get(1)))
                .findFirst()
                .orElse(-1);
    }
}
