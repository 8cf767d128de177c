package org.menagerie.vision;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The conventions of classifiers that were trained on ImageNet's 1,000 classes, as torchvision's published weights keep them. */
public final class ImageNet {
    /** The number of classes. */
    public static final int CLASSES = 1000;

    private static final String NAMES = "imagenet-1k.txt";

    private ImageNet() {}

    /** The names of the classes, in the order of the logits. */
    public static List<String> labels() {
        return lines(NAMES);
    }

    /** The lines of a resource beside this class. */
    static List<String> lines(String resource) {
        try (InputStream names = ImageNet.class.getResourceAsStream(resource)) {
            if (names == null) {
                throw new IllegalStateException(
                        "The resource %s is missing beside %s".formatted(resource, ImageNet.class));
            }
            return new String(names.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The preprocessor's name and settings, as a card states them: the shorter side is resized to 256/224 of the network's, the
     * middle is cut out, and each channel is normalised.
     *
     * @param size of the network's input, pixels
     */
    public static Map<String, Object> preprocessor(int size) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("name", "image");
        settings.put("input", "image");
        settings.put("width", size);
        settings.put("height", size);
        settings.put("channels", "RGB");
        settings.put("resize", "center-crop");
        settings.put("shorterSide", shorterSide(size, 256));
        settings.put("mean", List.of(0.485, 0.456, 0.406));
        settings.put("std", List.of(0.229, 0.224, 0.225));
        return settings;
    }

    /**
     * The shorter side that a picture is resized to, for networks of another size than 224 pixels in proportion.
     *
     * @param size of the network's input, pixels
     * @param at224 for an input of 224 pixels: 256 for torchvision's first weights, 232 for its second
     */
    public static int shorterSide(int size, int at224) {
        return Math.round(size * (float) at224 / 224);
    }
}
