package org.menagerie.vision.file;

/**
 * One plane of a VP8 frame with an edge of one row above, one column to the left, and four columns to the right: what
 * predictions see beyond the frame (127 above, 129 to the left).
 */
final class Vp8Plane {
    static final int EDGE = 1;

    final int stride;
    final byte[] samples;

    /** @param width and height whole macroblocks */
    Vp8Plane(int width, int height) {
        stride = width + EDGE + 4;
        samples = new byte[stride * (height + EDGE)];
        java.util.Arrays.fill(samples, 0, stride, (byte) 127);
        for (int y = 1; y <= height; y++) {
            samples[y * stride] = (byte) 129;
        }
    }

    int index(int x, int y) {
        return (y + EDGE) * stride + x + EDGE;
    }

    int at(int index) {
        return samples[index] & 0xFF;
    }

    static int clip(int sample) {
        return sample < 0 ? 0 : Math.min(sample, 255);
    }

    /** Adds the inverse transform of 16 coefficients to a 4x4 block (section 14.3). */
    void add(int index, int[] coefficients, int from) {
        int[] turned = new int[16];
        for (int i = 0; i < 4; i++) {
            int in0 = coefficients[from + i];
            int in4 = coefficients[from + 4 + i];
            int in8 = coefficients[from + 8 + i];
            int in12 = coefficients[from + 12 + i];
            int a = in0 + in8;
            int b = in0 - in8;
            int c = sine(in4) - cosine(in12);
            int d = cosine(in4) + sine(in12);
            turned[4 * i] = a + d;
            turned[4 * i + 1] = b + c;
            turned[4 * i + 2] = b - c;
            turned[4 * i + 3] = a - d;
        }
        for (int row = 0; row < 4; row++) {
            int at = index + row * stride;
            int dc = turned[row] + 4;
            int a = dc + turned[8 + row];
            int b = dc - turned[8 + row];
            int c = sine(turned[4 + row]) - cosine(turned[12 + row]);
            int d = cosine(turned[4 + row]) + sine(turned[12 + row]);
            add(at, a + d);
            add(at + 1, b + c);
            add(at + 2, b - c);
            add(at + 3, a - d);
        }
    }

    private void add(int index, int eighths) {
        samples[index] = (byte) clip(at(index) + (eighths >> 3));
    }

    private static int cosine(int value) {
        return ((value * 20_091) >> 16) + value;
    }

    private static int sine(int value) {
        return (value * 35_468) >> 16;
    }
}
