package org.menagerie.decoding;

/**
 * Along one axis, for each target pixel the two source samples around it and how far it is from the first to the second.
 *
 * @param low index of the first sample
 * @param high index of the second, or the first again at the border
 * @param fraction of the way, 0 to 1
 * @param firstSeen the first target pixel that the source covers
 * @param endSeen the one after the last
 */
record SamplePairs(int[] low, int[] high, float[] fraction, int firstSeen, int endSeen) {
    /** SamplePairs from a source of {@code in} samples to a target of {@code out}. */
    static SamplePairs of(int in, int out, Alignment alignment) {
        return alignment == Alignment.HALF_PIXEL
                ? ofWindow(in, out, 0, 1)
                : of(in, out, 0, out == 1 ? 0 : (in - 1.0) / (out - 1));
    }

    /**
     * SamplePairs to a target that is a window of the source, or reaches beyond it, in half-pixel convention.
     *
     * @param from where the target begins, as a fraction of the source's length
     * @param to where it ends
     */
    static SamplePairs ofWindow(int in, int out, double from, double to) {
        double step = (to - from) * in / out;
        return of(in, out, from * in + step / 2 - 0.5, step);
    }

    private static SamplePairs of(int in, int out, double start, double step) {
        int[] low = new int[out];
        int[] high = new int[out];
        float[] fraction = new float[out];
        int first = out;
        int end = 0;
        for (int i = 0; i < out; i++) {
            double at = start + i * step;
            if (at >= -0.5 && at <= in - 0.5) {
                first = Math.min(first, i);
                end = i + 1;
            }
            double inside = Math.max(0, Math.min(in - 1, at));
            low[i] = (int) inside;
            high[i] = Math.min(low[i] + 1, in - 1);
            fraction[i] = (float) (inside - low[i]);
        }
        return new SamplePairs(low, high, fraction, Math.min(first, end), end);
    }
}
