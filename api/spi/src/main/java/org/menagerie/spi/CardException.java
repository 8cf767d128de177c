package org.menagerie.spi;

/** A model card cannot be read or does not fit its schema. */
public class CardException extends ZooException {
    private static final long serialVersionUID = 1L;

    public CardException(String message) {
        super(message);
    }

    public CardException(String message, Throwable cause) {
        super(message, cause);
    }
}
