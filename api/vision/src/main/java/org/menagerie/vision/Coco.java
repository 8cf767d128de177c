package org.menagerie.vision;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The conventions of detectors that were trained on COCO's things, as torchvision's published weights keep them. */
public final class Coco {
    /** COCO's numbers of things go up to this; ten of them were never given to a thing. */
    public static final int CLASSES = 90;

    private static final String NAMES = "coco-90.txt";

    private Coco() {}

    /** The names of things 1 to 90, {@code N/A} for numbers without a thing. The background, torchvision's class 0, is not among them. */
    public static List<String> labels() {
        return ImageNet.lines(NAMES);
    }

    /**
     * The preprocessor's name and settings, as a card states them: a picture is resized to fit a square, in whose upper left corner it
     * lies, and each channel is normalised. The rest of the square has the mean colour, about.
     *
     * @param size of the square's sides, pixels
     */
    public static Map<String, Object> preprocessor(int size) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("name", "image");
        settings.put("input", "image");
        settings.put("width", size);
        settings.put("height", size);
        settings.put("channels", "RGB");
        settings.put("resize", "letterbox-top-left");
        settings.put("antialias", false);
        settings.put("pad", 115);
        settings.put("mean", List.of(0.485, 0.456, 0.406));
        settings.put("std", List.of(0.229, 0.224, 0.225));
        return settings;
    }
}
