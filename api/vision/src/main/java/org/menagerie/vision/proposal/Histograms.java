package org.menagerie.vision.proposal;

import java.util.ArrayList;
import java.util.List;

/**
 * What selective search compares regions by (Uijlings et al. 2013, section 3.2): the bin that each pixel falls into, for
 * each of several quantities, such as each channel's colour.
 *
 * @param quantities the bin of each pixel, by quantity
 * @param bins a quantity
 */
record Histograms(List<byte[]> quantities, int bins) {
    private static final int COLOR_BINS = 25;
    private static final int TEXTURE_BINS = 10;
    private static final int ORIENTATIONS = 8;
    private static final double SIGMA = 1;
    private static final float FULL = 256;

    /** 25 bins a channel. */
    static Histograms ofColors(Planes picture) {
        return new Histograms(
                picture.samples().stream()
                        .map(plane -> binned(plane, FULL, COLOR_BINS))
                        .toList(),
                COLOR_BINS);
    }

    /** The Gaussian's derivatives in eight directions, with deviation 1, in 10 bins each, a channel. */
    static Histograms ofTexture(Planes picture) {
        Gaussian gaussian = new Gaussian(SIGMA);
        List<byte[]> quantities = new ArrayList<>();
        for (float[] plane : picture.samples()) {
            float[] right = gaussian.rising(plane, picture.width(), picture.height());
            float[] down = gaussian.falling(plane, picture.width(), picture.height());
            for (int orientation = 0; orientation < ORIENTATIONS; orientation++) {
                double angle = 2 * Math.PI * orientation / ORIENTATIONS;
                float cosine = (float) Math.cos(angle);
                float sine = (float) Math.sin(angle);
                float[] response = new float[plane.length];
                float most = 0;
                for (int i = 0; i < response.length; i++) {
                    response[i] = Math.max(0, right[i] * cosine + down[i] * sine);
                    most = Math.max(most, response[i]);
                }
                quantities.add(binned(response, most, TEXTURE_BINS));
            }
        }
        return new Histograms(quantities, TEXTURE_BINS);
    }

    private static byte[] binned(float[] values, float most, int bins) {
        byte[] binned = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            binned[i] = (byte) Math.max(0, Math.min(bins - 1, (int) (values[i] * bins / most)));
        }
        return binned;
    }

    /** Bins of one region. */
    int length() {
        return quantities.size() * bins;
    }

    /** Each segment's histogram, which sums to 1. */
    float[][] of(int[] segments, int[] sizes) {
        float[][] histograms = new float[sizes.length][length()];
        for (int quantity = 0; quantity < quantities.size(); quantity++) {
            byte[] bin = quantities.get(quantity);
            for (int i = 0; i < segments.length; i++) {
                int segment = segments[i];
                histograms[segment][quantity * bins + bin[i]] += 1f / (sizes[segment] * quantities.size());
            }
        }
        return histograms;
    }
}
