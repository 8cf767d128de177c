package org.menagerie.vision;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The order of a picture batch's axes. */
public enum Layout {
    @JsonProperty("NCHW")
    NCHW,
    @JsonProperty("NHWC")
    NHWC
}
