package org.menagerie.explain;

import java.util.Optional;

/**
 * Asks for an explanation: of which target, by which method.
 *
 * @param method a method's name, with settings: {@code smooth-grad:samples=64}
 * @param target {@code argmax}, a class, or elements of a value such as {@code logits[5]}
 * @param layer the layer that some methods look at, a name or a pattern
 */
public record Question(String method, String target, Optional<String> layer) {
    /** The target that stands for the class with the highest score. */
    public static final String ARGMAX = "argmax";

    /** Asks why the network is sure of what it is surest of. */
    public static Question by(String method) {
        return new Question(method, ARGMAX, Optional.empty());
    }

    public Question about(String otherTarget) {
        return new Question(method, otherTarget, layer);
    }

    public Question at(String chosenLayer) {
        return new Question(method, target, Optional.of(chosenLayer));
    }
}
