package org.menagerie.graph;

/** A number is needed where an extent is a symbol, or is known in a run only. */
public final class SymbolicExtentException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    private final String extent;

    SymbolicExtentException(Dim dim) {
        super("Dimension %s is symbolic, not a number".formatted(dim));
        this.extent = dim.toString();
    }

    /** The extent, for example {@code N}; those that inference could not tell begin with a question mark. */
    public String extent() {
        return extent;
    }
}
