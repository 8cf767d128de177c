package org.menagerie.explain.imagine;

import java.util.function.Function;
import org.menagerie.explain.PictureLayout;
import org.menagerie.spi.Tensor;
import org.menagerie.spi.ZooException;

/**
 * How the colours of a picture lie in a network's input: each channel of the input is a constant plus a weighted sum of the
 * colours. Order of channels, scale, mean and deviation are all found from pictures of one colour.
 *
 * @param zero of each channel of the input, what black gives
 * @param gain of each channel of the input, what each channel of the canvas adds
 * @param channels of the canvas
 * @param last true for {@code [N,H,W,C]}
 */
public record Colors(float[] zero, float[][] gain, int channels, boolean last) {
    private static final int RED = 0xFF0000;
    private static final int GREEN = 0x00FF00;
    private static final int BLUE = 0x0000FF;
    private static final int WHITE = 0xFFFFFF;
    private static final float GRAY = 0.5f;

    /**
     * Finds the colours of a model.
     *
     * @param plain gives the prepared tensor of a picture of one colour
     * @throws ZooException if all colours look the same to the network
     */
    static Colors of(String model, PictureLayout layout, Function<Integer, Tensor> plain) {
        float[] black = middle(layout, plain.apply(0));
        float[] white = middle(layout, plain.apply(WHITE));
        float[][] primaries = {
            middle(layout, plain.apply(RED)), middle(layout, plain.apply(GREEN)), middle(layout, plain.apply(BLUE))
        };
        int lively = 0;
        for (int c = 0; c < black.length; c++) {
            lively += white[c] == black[c] ? 0 : 1;
        }
        if (lively == 0) {
            throw new ZooException(
                    "Model '%s' prepares black and white pictures alike, so no picture can be made from its input"
                            .formatted(model));
        }
        int channels = lively == 1 ? 1 : 3;
        float[][] gain = new float[black.length][channels];
        for (int c = 0; c < black.length; c++) {
            for (int k = 0; k < channels; k++) {
                gain[c][k] = (channels == 1 ? white[c] : primaries[k][c]) - black[c];
            }
        }
        return new Colors(black, gain, channels, layout.last());
    }

    /** The input is the picture itself, of values from 0 to 1. */
    static Colors plain(PictureLayout layout) {
        float[][] gain = new float[layout.channels()][layout.channels()];
        for (int c = 0; c < gain.length; c++) {
            gain[c][c] = 1;
        }
        return new Colors(new float[layout.channels()], gain, layout.channels(), layout.last());
    }

    /** The same with a mean and a deviation in each channel. */
    Colors standardized(float[] mean, float[] deviation) {
        float[] moved = new float[zero.length];
        float[][] scaled = new float[gain.length][];
        for (int c = 0; c < moved.length; c++) {
            moved[c] = (zero[c] - mean[c]) / deviation[c];
            scaled[c] = gain[c].clone();
            for (int k = 0; k < scaled[c].length; k++) {
                scaled[c][k] /= deviation[c];
            }
        }
        return new Colors(moved, scaled, channels, last);
    }

    private static float[] middle(PictureLayout layout, Tensor prepared) {
        float[] color = new float[layout.channels()];
        for (int c = 0; c < color.length; c++) {
            color[c] = prepared.floats().get(layout.index(c, layout.height() / 2, layout.width() / 2));
        }
        return color;
    }

    private PictureLayout layout(Canvas canvas) {
        return new PictureLayout(zero.length, canvas.height(), canvas.width(), last);
    }

    long[] dims(int height, int width) {
        return last ? new long[] {1, height, width, zero.length} : new long[] {1, zero.length, height, width};
    }

    /** The colour that is zero in the network's input, such as the mean of a data set's colours; middle gray if there is none. */
    float[] rest() {
        float[] rest = new float[channels];
        for (int k = 0; k < channels; k++) {
            int strongest = 0;
            for (int c = 1; c < zero.length; c++) {
                strongest = Math.abs(gain[c][k]) > Math.abs(gain[strongest][k]) ? c : strongest;
            }
            float found = -zero[strongest] / gain[strongest][k];
            rest[k] = found > 0 && found < 1 ? found : GRAY;
        }
        return rest;
    }

    /** The network's input that shows a canvas. */
    Tensor tensor(Canvas canvas) {
        PictureLayout layout = layout(canvas);
        float[] input = new float[zero.length * canvas.height() * canvas.width()];
        int size = canvas.height() * canvas.width();
        for (int c = 0; c < zero.length; c++) {
            for (int i = 0; i < size; i++) {
                float value = zero[c];
                for (int k = 0; k < channels; k++) {
                    value += gain[c][k] * canvas.values()[k * size + i];
                }
                input[layout.index(c, i / canvas.width(), i % canvas.width())] = value;
            }
        }
        return Tensor.of(input, dims(canvas.height(), canvas.width()));
    }

    /** A gradient with respect to the input as one with respect to the canvas. */
    float[] back(Tensor gradient, Canvas canvas) {
        PictureLayout layout = layout(canvas);
        float[] input = gradient.toFloatArray();
        int size = canvas.height() * canvas.width();
        float[] back = new float[channels * size];
        for (int c = 0; c < zero.length; c++) {
            for (int i = 0; i < size; i++) {
                float slope = input[layout.index(c, i / canvas.width(), i % canvas.width())];
                for (int k = 0; k < channels; k++) {
                    back[k * size + i] += gain[c][k] * slope;
                }
            }
        }
        return back;
    }
}
