package org.menagerie.vision.proposal;

import java.util.ArrayList;
import java.util.List;

/** What colours are compared in; samples are 0 to 255, and so is each converted channel. */
public enum ColorSpace {
    /** The mean of the channels. */
    GRAY(1) {
        @Override
        void convert(float[] colors, float[] into) {
            into[0] = (colors[0] + colors[1] + colors[2]) / 3;
        }
    },
    RGB(3) {
        @Override
        void convert(float[] colors, float[] into) {
            System.arraycopy(colors, 0, into, 0, 3);
        }
    },
    /** Hue, saturation and value. */
    HSV(3) {
        @Override
        void convert(float[] colors, float[] into) {
            float red = colors[0];
            float green = colors[1];
            float blue = colors[2];
            float value = Math.max(red, Math.max(green, blue));
            float chroma = value - Math.min(red, Math.min(green, blue));
            float sixth;
            if (chroma == 0) {
                sixth = 0;
            } else if (value == red) {
                sixth = ((green - blue) / chroma + 6) % 6;
            } else if (value == green) {
                sixth = (blue - red) / chroma + 2;
            } else {
                sixth = (red - green) / chroma + 4;
            }
            into[0] = sixth * FULL / 6;
            into[1] = value == 0 ? 0 : chroma / value * FULL;
            into[2] = value;
        }
    },
    /** CIE 1976 L*a*b* of sRGB under D65: lightness 0 to 100 stretched to 255, the others shifted by 128. */
    LAB(3) {
        private static final double[][] TO_XYZ = {
            {0.412453, 0.357580, 0.180423}, {0.212671, 0.715160, 0.072169}, {0.019334, 0.119193, 0.950227}
        };
        private static final double[] WHITE = {0.95047, 1, 1.08883};

        @Override
        void convert(float[] colors, float[] into) {
            double[] linear = new double[3];
            for (int c = 0; c < 3; c++) {
                double sample = colors[c] / FULL;
                linear[c] = sample > 0.04045 ? Math.pow((sample + 0.055) / 1.055, 2.4) : sample / 12.92;
            }
            double[] f = new double[3];
            for (int c = 0; c < 3; c++) {
                double share =
                        (TO_XYZ[c][0] * linear[0] + TO_XYZ[c][1] * linear[1] + TO_XYZ[c][2] * linear[2]) / WHITE[c];
                f[c] = share > 0.008856 ? Math.cbrt(share) : 7.787 * share + 16.0 / 116;
            }
            into[0] = (float) ((116 * f[1] - 16) * FULL / 100);
            into[1] = (float) (500 * (f[0] - f[1]) + 128);
            into[2] = (float) (200 * (f[1] - f[2]) + 128);
        }
    };

    private static final float FULL = 255;

    private final int channels;

    ColorSpace(int channels) {
        this.channels = channels;
    }

    /** A pixel's red, green and blue in this space. */
    abstract void convert(float[] colors, float[] into);

    /** A picture in this space; a gray one is itself in every space. */
    Planes of(Planes picture) {
        if (picture.channels() == 1) {
            return picture;
        }
        List<float[]> planes = new ArrayList<>();
        for (int c = 0; c < channels; c++) {
            planes.add(new float[picture.pixels()]);
        }
        float[] colors = new float[3];
        float[] converted = new float[channels];
        for (int i = 0; i < picture.pixels(); i++) {
            for (int c = 0; c < 3; c++) {
                colors[c] = picture.samples().get(c)[i];
            }
            convert(colors, converted);
            for (int c = 0; c < channels; c++) {
                planes.get(c)[i] = converted[c];
            }
        }
        return new Planes(planes, picture.width(), picture.height());
    }
}
