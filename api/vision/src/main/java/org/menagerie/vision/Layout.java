package org.menagerie.vision;

/** The order of a picture batch's axes. */
public enum Layout {
    NCHW,
    NHWC
}
