package org.menagerie.explain.imagine;

import ai.djl.modality.cv.Image;
import java.util.List;
import java.util.OptionalLong;

/**
 * Asks for a picture.
 *
 * @param method a method's name, with settings: {@code deep-dream:octaves=3}
 * @param target a class, or elements of a value such as {@code relu_9[3,:,:]}; empty if the method needs none
 * @param pictures to begin with
 * @param randomWeights the seed of random weights, which take the place of the network's own
 */
public record Commission(String method, String target, List<Image> pictures, OptionalLong randomWeights) {
    public Commission {
        pictures = List.copyOf(pictures);
    }

    public static Commission of(String method, Image... pictures) {
        return new Commission(method, "", List.of(pictures), OptionalLong.empty());
    }

    public Commission about(String otherTarget) {
        return new Commission(method, otherTarget, pictures, randomWeights);
    }

    public Commission withRandomWeights(long seed) {
        return new Commission(method, target, pictures, OptionalLong.of(seed));
    }
}
