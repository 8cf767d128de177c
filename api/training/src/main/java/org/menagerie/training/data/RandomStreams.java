package org.menagerie.training.data;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Random numbers by address: every use of chance in a training run has a generator of its own, found from the run's
 * seed, a purpose and a position, so that any step can be repeated without the steps before it.
 *
 * <p>The address becomes one 64-bit state: the FNV-1a hash of the purpose, mixed with the seed and then with each
 * coordinate in turn by the finaliser of SplitMix64 (Steele, Lea and Flood 2014). The generator is the JDK's SplitMix64,
 * {@link SplittableRandom}, started from that state. Immutable and thread-safe; the generators are not.
 *
 * @param seed the run's seed
 */
public record RandomStreams(long seed) {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    /**
     * The generator of a purpose at a position.
     *
     * @param purpose what it is for, for example {@code shuffle} or {@code dropout/fc1}
     * @param position where, from the coarsest: for example epoch, step
     */
    public RandomGenerator at(String purpose, long... position) {
        long state = mix(seed + GOLDEN_GAMMA) ^ fnv1a(purpose);
        for (long coordinate : position) {
            state = mix(mix(state) + GOLDEN_GAMMA + coordinate);
        }
        return new SplittableRandom(mix(state));
    }

    /** The numbers 0 to n−1 in the random order of a purpose at a position (Fisher and Yates' shuffle). */
    public int[] permutation(int n, String purpose, long... position) {
        RandomGenerator random = at(purpose, position);
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    private static long fnv1a(String text) {
        long hash = 0xCBF29CE484222325L;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xFF)) * 0x100000001B3L;
        }
        return hash;
    }
}
