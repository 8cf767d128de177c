package org.menagerie.spi;

/**
 * What goes wrong in a way that a user can act on. The message is one sentence that names the thing, what was expected,
 * what was found and the remedy.
 */
public class ZooException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ZooException(String message) {
        super(message);
    }

    public ZooException(String message, Throwable cause) {
        super(message, cause);
    }
}
