package org.menagerie.decoding;

/**
 * A network's map over an image: logits or probabilities of each channel at each place.
 *
 * @param values {@code [channels,height,width]}
 */
public record Grid(float[] values, int channels, int height, int width) {
    public Grid {
        if (channels < 1 || height < 1 || width < 1 || (long) channels * height * width != values.length) {
            throw new IllegalArgumentException(
                    "A map of %d×%d×%d was given %,d values".formatted(channels, height, width, values.length));
        }
    }
}
