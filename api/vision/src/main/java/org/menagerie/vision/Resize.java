package org.menagerie.vision;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a picture of any size is brought to the size a network takes. */
public enum Resize {
    /** Not at all: a picture of another size than the card's is an error. Without a size in the card, any goes. */
    @JsonProperty("none")
    NONE,
    /** Both sides to the given size, whatever that does to the aspect ratio. */
    @JsonProperty("stretch")
    STRETCH,
    /** The whole picture inside the given size, aspect ratio kept, centred between bars of the pad value. */
    @JsonProperty("letterbox")
    LETTERBOX,
    /** The shorter side to {@code shorterSide}, then the centre cut out: torchvision's Resize and CenterCrop. */
    @JsonProperty("center-crop")
    CENTER_CROP,
    /** Shrunk until the longer side is at most {@code longestSide}, then each side to its nearest multiple. */
    @JsonProperty("multiple")
    MULTIPLE
}
