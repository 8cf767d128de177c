package org.menagerie.hub.input;

import org.menagerie.spi.InvalidInputException;

/** Says that no file, folder or glob has a name. A host may know what else the name could have been meant for. */
public final class NoSuchFileException extends InvalidInputException {
    private static final long serialVersionUID = 1;

    NoSuchFileException(String name) {
        super("No such file: " + name);
    }
}
