package org.menagerie.training.data;

import org.menagerie.spi.InvalidInputException;

/** The text that names a data set or a part of one is wrong: a kind, an option or a part is unknown or malformed. */
public class DataSpecificationException extends InvalidInputException {
    private static final long serialVersionUID = 1L;

    public DataSpecificationException(String message) {
        super(message);
    }
}
