package org.menagerie.training;

import org.menagerie.spi.InvalidInputException;

/** A checkpoint was to be resumed by a training with another recipe, other data or other versions. */
public final class AnotherTrainingException extends InvalidInputException {
    private static final long serialVersionUID = 1;

    AnotherTrainingException(String message) {
        super(message);
    }
}
