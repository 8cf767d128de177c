package org.menagerie.explain.imagine;

/**
 * Takes from a score the mean squared difference of neighbouring pixels.
 *
 * @param weight of the mean
 */
record TotalVariation(double weight) {
    Landscape on(Landscape landscape) {
        return (canvas, slope) -> {
            double score = landscape.at(canvas, slope);
            float[] values = canvas.values();
            double sum = 0;
            double scale = weight / values.length;
            for (int i = 0; i < values.length; i++) {
                if (i % canvas.width() < canvas.width() - 1) {
                    sum += across(values, slope, i, i + 1, scale);
                }
                if (i / canvas.width() % canvas.height() < canvas.height() - 1) {
                    sum += across(values, slope, i, i + canvas.width(), scale);
                }
            }
            return score - scale * sum;
        };
    }

    private static double across(float[] values, float[] slope, int here, int there, double scale) {
        double difference = values[there] - values[here];
        slope[there] -= (float) (2 * scale * difference);
        slope[here] += (float) (2 * scale * difference);
        return difference * difference;
    }
}
