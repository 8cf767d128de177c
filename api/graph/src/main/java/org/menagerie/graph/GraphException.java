package org.menagerie.graph;

import org.menagerie.spi.ZooException;

/** A graph that does not fit together: the message names the node, what was expected and what was found. */
public class GraphException extends ZooException {
    private static final long serialVersionUID = 1L;

    public GraphException(String message) {
        super(message);
    }

    public GraphException(String message, Throwable cause) {
        super(message, cause);
    }
}
