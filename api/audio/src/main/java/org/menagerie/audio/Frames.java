package org.menagerie.audio;

import java.nio.FloatBuffer;

/**
 * A sound cut into frames of one length, each preceded by the last samples of the frame before.
 *
 * <p>Before the first frame, and after the last sample, the sound counts as silent.
 *
 * @param samples the sound
 * @param size new samples in a frame
 * @param context samples that a frame repeats from the one before
 */
public record Frames(float[] samples, int size, int context) {
    public Frames {
        if (size < 1 || context < 0 || context > size) {
            throw new IllegalArgumentException(
                    "Frames of %d samples with %d of context: size must be positive and context at most size"
                            .formatted(size, context));
        }
    }

    /** How many frames cover the sound. */
    public int count() {
        return (samples.length + size - 1) / size;
    }

    /** Writes a frame, context first: {@code context + size} samples from the buffer's start. */
    public void copy(int frame, FloatBuffer into) {
        int start = frame * size - context;
        int length = context + size;
        int low = Math.max(0, -start);
        int high = Math.min(length, samples.length - start);
        for (int i = 0; i < low; i++) {
            into.put(i, 0);
        }
        into.put(low, samples, start + low, high - low);
        for (int i = high; i < length; i++) {
            into.put(i, 0);
        }
    }
}
