package org.menagerie.explain.method;

import java.util.Random;
import org.menagerie.explain.Attribution;
import org.menagerie.explain.Backward;
import org.menagerie.explain.ExplanationKind;
import org.menagerie.explain.ExplanationMethod;
import org.menagerie.explain.Probe;
import org.menagerie.spi.Tensor;

/**
 * The mean gradient over noisy copies of the input.
 *
 * @param samples how many copies
 * @param noise the standard deviation of the noise, as a part of the input's range
 * @param seed of the random generator
 */
public record SmoothGrad(int samples, double noise, long seed) implements ExplanationMethod {
    public SmoothGrad {
        if (samples < 1 || samples > 1_000_000) {
            throw new IllegalArgumentException("samples must be 1 to 1,000,000, found " + samples);
        }
        if (!(noise >= 0 && noise <= 10)) {
            throw new IllegalArgumentException("noise must be 0 to 10, found " + noise);
        }
    }

    public static ExplanationKind<SmoothGrad> kind() {
        return ExplanationKind.of(
                new SmoothGrad(64, 0.15, 1), "The mean gradient over noisy copies of the input (Smilkov 2017).");
    }

    @Override
    public Attribution explain(Probe probe) {
        float[] input = probe.input().toFloatArray();
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (float value : input) {
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        double deviation = noise * (high - low);
        Random random = new Random(seed);
        double[] sum = new double[input.length];
        probe.slopes(
                samples,
                Backward.gradient(),
                (index, into) -> {
                    for (int i = 0; i < into.length; i++) {
                        into[i] = (float) (input[i] + deviation * random.nextGaussian());
                    }
                },
                (index, score, slope) -> {
                    for (int i = 0; i < slope.length; i++) {
                        sum[i] += slope[i];
                    }
                });
        float[] mean = new float[sum.length];
        for (int i = 0; i < sum.length; i++) {
            mean[i] = (float) (sum[i] / samples);
        }
        return Attribution.unsigned(Tensor.of(mean, probe.input().shape().dims()));
    }
}
