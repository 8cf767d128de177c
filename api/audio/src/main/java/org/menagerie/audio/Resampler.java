package org.menagerie.audio;

/**
 * Changes the rate of samples with a Kaiser-windowed sinc low-pass filter.
 *
 * <p>Passes up to {@value #PASSED} of the lower rate's Nyquist frequency and stops what lies above it by {@value
 * #ATTENUATION} dB. Linear phase, without delay; beyond its ends the sound counts as silent. Crochiere and Rabiner,
 * Multirate Digital Signal Processing (1983), chapter 2; Kaiser's formulas for the window. Immutable.
 */
public final class Resampler {
    private static final double ATTENUATION = 110;
    private static final double PASSED = 0.92;
    private static final int MOST_PHASES = 1024;

    private final int from;
    private final int to;
    /** Output positions between two input samples, or as many as are tabulated. */
    private final int phases;

    private final boolean exact;
    private final int reach;
    /** The filter at each phase: {@code 2 * reach} weights, for the input samples around an output position. */
    private final float[][] filters;

    /**
     * A resampler between two rates, Hz.
     *
     * @throws IllegalArgumentException if a rate is not positive
     */
    public Resampler(int from, int to) {
        if (from < 1 || to < 1) {
            throw new IllegalArgumentException("Rates must be positive, not %d and %d Hz".formatted(from, to));
        }
        int divisor = gcd(from, to);
        this.from = from / divisor;
        this.to = to / divisor;
        this.exact = this.to <= MOST_PHASES;
        this.phases = exact ? this.to : MOST_PHASES;

        double lower = Math.min(1, (double) this.to / this.from); // of the input rate
        double transition = Math.PI * (1 - PASSED) * lower; // radians an input sample
        int half = (int) Math.ceil((ATTENUATION - 8) / (2.285 * transition) / 2);
        this.reach = half + 1;
        double cutoff = lower * (1 + PASSED) / 2;
        double beta = 0.1102 * (ATTENUATION - 8.7);
        this.filters = new float[exact ? phases : phases + 1][];
        for (int phase = 0; phase < filters.length; phase++) {
            filters[phase] = filter((double) phase / phases, half, cutoff, beta);
        }
    }

    /** Weights of the input samples from {@code 1 - reach} to {@code reach} around a position between 0 and 1. */
    private float[] filter(double position, int half, double cutoff, double beta) {
        double[] weights = new double[2 * reach];
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            double x = i + 1 - reach - position;
            double ratio = x / half;
            if (Math.abs(ratio) <= 1) {
                double window = bessel(beta * Math.sqrt(1 - ratio * ratio)) / bessel(beta);
                weights[i] = sinc(cutoff * x) * window;
                sum += weights[i];
            }
        }
        float[] filter = new float[weights.length];
        for (int i = 0; i < weights.length; i++) {
            filter[i] = (float) (weights[i] / sum); // a constant stays as loud as it was, at every phase
        }
        return filter;
    }

    private static double sinc(double x) {
        return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    }

    /** The modified Bessel function of the first kind, order 0, from its series. */
    private static double bessel(double x) {
        double sum = 1;
        double term = 1;
        for (int k = 1; term > 1e-12 * sum; k++) {
            term *= (x / (2 * k)) * (x / (2 * k));
            sum += term;
        }
        return sum;
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    /** The samples at the new rate; the first of both lie at the same time. */
    public float[] resample(float[] samples) {
        if (from == to) {
            return samples.clone();
        }
        long length = ((long) samples.length * to + from - 1) / from;
        float[] resampled = new float[Math.toIntExact(length)];
        for (int i = 0; i < resampled.length; i++) {
            long position = (long) i * from;
            int at = (int) (position / to);
            int rest = (int) (position % to);
            if (exact) {
                resampled[i] = (float) mix(samples, at, filters[rest]);
            } else {
                double phase = (double) rest / to * phases;
                int below = (int) phase;
                double low = mix(samples, at, filters[below]);
                double high = mix(samples, at, filters[below + 1]);
                resampled[i] = (float) (low + (high - low) * (phase - below));
            }
        }
        return resampled;
    }

    private double mix(float[] samples, int at, float[] filter) {
        int start = at + 1 - reach;
        int low = Math.max(0, -start);
        int high = Math.min(filter.length, samples.length - start);
        double a = 0;
        double b = 0;
        int k = low;
        for (; k + 1 < high; k += 2) {
            a += filter[k] * samples[start + k];
            b += filter[k + 1] * samples[start + k + 1];
        }
        return k < high ? a + b + filter[k] * samples[start + k] : a + b;
    }
}
