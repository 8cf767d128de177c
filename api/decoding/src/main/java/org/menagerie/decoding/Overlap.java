package org.menagerie.decoding;

/** How much two entries overlap, for suppression of anything but plain boxes: rotated boxes, polygons, key points. */
@FunctionalInterface
public interface Overlap {
    /** The overlap of entries {@code a} and {@code b}, symmetric, at most 1. */
    float of(int a, int b);
}
