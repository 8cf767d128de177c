package org.menagerie.spi;

/** The device that was asked for cannot be used. */
public class DeviceUnavailableException extends ZooException {
    private static final long serialVersionUID = 1L;

    public DeviceUnavailableException(String message) {
        super(message);
    }

    public DeviceUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
