package org.menagerie.explain.imagine;

/** The range of the pictures that a network without a card takes. A card says so itself. */
public enum Pixels {
    /** From 0 to 1. */
    UNIT(0, 1),
    /** From -1 to 1. */
    SIGNED(0.5f, 0.5f),
    /** From 0 to 255. */
    BYTE(0, 1 / 255f),
    /** From 0 to 1, less the mean and divided by the deviation of ImageNet's colours. */
    IMAGENET(0, 1);

    private static final float[] MEAN = {0.485f, 0.456f, 0.406f};
    private static final float[] DEVIATION = {0.229f, 0.224f, 0.225f};

    private final float mean;
    private final float deviation;

    Pixels(float mean, float deviation) {
        this.mean = mean;
        this.deviation = deviation;
    }

    Colors on(Colors plain) {
        int channels = plain.channels();
        float[] means = new float[channels];
        float[] deviations = new float[channels];
        for (int c = 0; c < channels; c++) {
            means[c] = this == IMAGENET ? MEAN[c % MEAN.length] : mean;
            deviations[c] = this == IMAGENET ? DEVIATION[c % DEVIATION.length] : deviation;
        }
        return plain.standardized(means, deviations);
    }
}
