package org.menagerie.spi;

/** A call took longer than its time limit and was stopped. */
public class DeadlineException extends CancelledException {
    private static final long serialVersionUID = 1L;

    public DeadlineException(String message) {
        super(message);
    }

    public DeadlineException(String message, Throwable cause) {
        super(message, cause);
    }
}
