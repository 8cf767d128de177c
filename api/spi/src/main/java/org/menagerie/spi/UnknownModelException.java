package org.menagerie.spi;

/** No catalog has a model of this name. */
public class UnknownModelException extends ZooException {
    private static final long serialVersionUID = 1L;

    public UnknownModelException(String message) {
        super(message);
    }

    public UnknownModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
