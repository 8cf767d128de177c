package org.menagerie.spi;

/** A file's size or hash is not what its card states. */
public class IntegrityException extends ZooException {
    private static final long serialVersionUID = 1L;

    public IntegrityException(String message) {
        super(message);
    }

    public IntegrityException(String message, Throwable cause) {
        super(message, cause);
    }
}
