package org.menagerie.spi;

/**
 * A call ended before it had an answer, because its thread was interrupted, its model was closed with a time limit, or
 * the program is ending. An interrupted thread keeps its interrupt status.
 */
public class CancelledException extends ZooException {
    private static final long serialVersionUID = 1L;

    public CancelledException(String message) {
        super(message);
    }

    public CancelledException(String message, Throwable cause) {
        super(message, cause);
    }
}
