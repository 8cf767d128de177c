package org.menagerie.explain;

/** An input that shows nothing, which others are compared with. */
public enum Baseline {
    /** A black picture, prepared as the model prepares pictures; zeros for inputs that are not pictures. */
    BLACK,
    /** A white picture; for pictures only. */
    WHITE,
    /** Zeros in the network's input. */
    ZERO
}
