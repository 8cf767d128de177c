package org.menagerie.audio;

import java.util.ArrayList;
import java.util.List;

/** Samples that come in until their source ends: memory grows with what came, not with what a header promised. */
final class Samples {
    private static final int BLOCK = 1 << 20;

    private final List<float[]> full = new ArrayList<>();
    private float[] block = new float[1 << 12];
    private int used;

    void add(float sample) {
        if (used == block.length) {
            if (block.length < BLOCK) {
                block = java.util.Arrays.copyOf(block, 2 * block.length);
            } else {
                full.add(block);
                block = new float[BLOCK];
                used = 0;
            }
        }
        block[used++] = sample;
    }

    /** How many there are. */
    int count() {
        return full.size() * BLOCK + used;
    }

    float[] toArray() {
        float[] all = new float[count()];
        int at = 0;
        for (float[] each : full) {
            System.arraycopy(each, 0, all, at, BLOCK);
            at += BLOCK;
        }
        System.arraycopy(block, 0, all, at, used);
        return all;
    }
}
