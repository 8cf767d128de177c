package org.menagerie.audio;

import java.util.Locale;

/**
 * Mono sound.
 *
 * @param samples from -1 to 1
 * @param rate samples a second
 */
public record Audio(float[] samples, int rate) {
    static final int LOWEST_RATE = 1_000;
    static final int HIGHEST_RATE = 768_000;

    public Audio {
        if (rate < LOWEST_RATE || rate > HIGHEST_RATE) {
            throw new IllegalArgumentException(
                    "A rate must be %,d to %,d Hz, not %,d".formatted(LOWEST_RATE, HIGHEST_RATE, rate));
        }
    }

    /** The length in seconds. */
    public double seconds() {
        return (double) samples.length / rate;
    }

    /** The same sound at another rate; itself if it has that rate. */
    public Audio at(int wanted) {
        return wanted == rate ? this : new Audio(new Resampler(rate, wanted).resample(samples), wanted);
    }

    /** For example {@code 2.81 s at 16000 Hz}; never the samples. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.2f s at %d Hz", seconds(), rate);
    }
}
