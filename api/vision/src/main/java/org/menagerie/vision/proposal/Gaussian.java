package org.menagerie.vision.proposal;

/** Smoothing by a Gaussian and its first derivatives, cut off at four deviations; a plane goes on mirrored at its edges. */
final class Gaussian {
    private static final double CUT = 4;

    private final double[] smooth;
    private final double[] derivative;
    private final int radius;

    /** @param sigma the standard deviation in pixels, above 0 */
    Gaussian(double sigma) {
        radius = (int) (CUT * sigma + 0.5);
        smooth = new double[2 * radius + 1];
        derivative = new double[smooth.length];
        double sum = 0;
        for (int i = 0; i < smooth.length; i++) {
            double x = i - radius;
            smooth[i] = Math.exp(-x * x / (2 * sigma * sigma));
            sum += smooth[i];
        }
        for (int i = 0; i < smooth.length; i++) {
            smooth[i] /= sum;
            derivative[i] = (i - radius) / (sigma * sigma) * smooth[i];
        }
    }

    float[] smooth(float[] plane, int width, int height) {
        return along(along(plane, width, height, smooth, true), width, height, smooth, false);
    }

    /** How fast the smoothed plane rises to the right. */
    float[] rising(float[] plane, int width, int height) {
        return along(along(plane, width, height, derivative, true), width, height, smooth, false);
    }

    /** How fast the smoothed plane rises downwards. */
    float[] falling(float[] plane, int width, int height) {
        return along(along(plane, width, height, smooth, true), width, height, derivative, false);
    }

    private float[] along(float[] plane, int width, int height, double[] kernel, boolean rows) {
        float[] result = new float[plane.length];
        int length = rows ? width : height;
        int lines = rows ? height : width;
        int step = rows ? 1 : width;
        float[] line = new float[length + 2 * radius];
        for (int i = 0; i < lines; i++) {
            int start = rows ? i * width : i;
            for (int x = 0; x < line.length; x++) {
                line[x] = plane[start + mirrored(x - radius, length) * step];
            }
            for (int x = 0; x < length; x++) {
                double sum = 0;
                for (int k = 0; k < kernel.length; k++) {
                    sum += kernel[k] * line[x + k];
                }
                result[start + x * step] = (float) sum;
            }
        }
        return result;
    }

    /** The place that one outside shows: … b a | a b c | c b …. */
    private static int mirrored(int place, int length) {
        int period = Math.floorMod(place, 2 * length);
        return period < length ? period : 2 * length - 1 - period;
    }
}
