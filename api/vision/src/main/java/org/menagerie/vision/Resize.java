package org.menagerie.vision;

/** How a picture of any size is brought to the size a network takes. */
public enum Resize {
    /** Not at all: a picture of another size than the card's is an error. Without a size in the card, any goes. */
    NONE,
    /** Both sides to the given size, whatever that does to the aspect ratio. */
    STRETCH,
    /** The whole picture inside the given size, aspect ratio kept, centred between bars of the pad value. */
    LETTERBOX,
    /** As LETTERBOX, but in the upper left corner, bars right or below; a side of a fraction of a pixel is cut to whole ones, as in YOLOX. */
    LETTERBOX_TOP_LEFT,
    /** The shorter side to {@code shorterSide}, then the centre cut out: torchvision's Resize and CenterCrop. */
    CENTER_CROP,
    /** Shrunk until the longer side is at most {@code longestSide}, then each side to its nearest multiple. */
    MULTIPLE,
    /**
     * The height to the given one with the aspect ratio kept, for lines of text. At least {@code width} and as wide as
     * the widest picture of the batch, up to {@code longestSide}; pad values on the right.
     */
    LINE
}
