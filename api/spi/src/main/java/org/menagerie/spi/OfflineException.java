package org.menagerie.spi;

/** Something is missing here and the network may not be used. */
public class OfflineException extends ZooException {
    private static final long serialVersionUID = 1L;

    public OfflineException(String message) {
        super(message);
    }

    public OfflineException(String message, Throwable cause) {
        super(message, cause);
    }
}
