package org.menagerie.graph;

/** The type of a node's output depends on data that only a run has. A file may still state it. */
public final class UndeterminedTypeException extends GraphException {
    private static final long serialVersionUID = 1L;

    public UndeterminedTypeException(String message) {
        super(message);
    }
}
