package org.menagerie.vision.proposal;

import java.util.List;

/**
 * A picture as one plane of samples a channel, row by row.
 *
 * @param samples by channel, each {@code width * height} long
 */
record Planes(List<float[]> samples, int width, int height) {
    Planes {
        samples = List.copyOf(samples);
    }

    int pixels() {
        return width * height;
    }

    int channels() {
        return samples.size();
    }
}
