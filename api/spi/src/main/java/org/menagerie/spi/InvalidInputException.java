package org.menagerie.spi;

/** An input cannot be read or does not fit the model. */
public class InvalidInputException extends ZooException {
    private static final long serialVersionUID = 1L;

    public InvalidInputException(String message) {
        super(message);
    }

    public InvalidInputException(String message, Throwable cause) {
        super(message, cause);
    }
}
