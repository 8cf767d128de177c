package org.menagerie.explain;

import java.util.Optional;

/**
 * Asks for an explanation: of which target, by which method.
 *
 * @param method a method's name, with settings: {@code smooth-grad:samples=64}
 * @param target {@code argmax}, a class, or elements of a value such as {@code logits[5]}
 * @param layer the layer that some methods look at, a name or a pattern
 * @param check true to measure whether the map can be trusted: deletion and insertion curves, and the control with random weights
 */
public record Question(String method, String target, Optional<String> layer, boolean check) {
    /** The target that stands for the class with the highest score. */
    public static final String ARGMAX = "argmax";

    /** Asks why the network is sure of what it is surest of. */
    public static Question by(String method) {
        return new Question(method, ARGMAX, Optional.empty(), false);
    }

    public Question about(String otherTarget) {
        return new Question(method, otherTarget, layer, check);
    }

    public Question at(String chosenLayer) {
        return new Question(method, target, Optional.of(chosenLayer), check);
    }

    public Question checked() {
        return new Question(method, target, layer, true);
    }
}
