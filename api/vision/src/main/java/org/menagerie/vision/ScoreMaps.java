package org.menagerie.vision;

import java.util.Arrays;
import org.menagerie.spi.Tensor;

/** Brings maps of class scores to one form: {@code f32[N,classes,H,W]} of two classes or more. */
final class ScoreMaps {
    private ScoreMaps() {}

    /** A map {@code f32[N,H,W,C]} as {@code f32[N,C,H,W]}. */
    static Tensor channelsFirst(Tensor map) {
        int batch = (int) map.shape().dim(0);
        int places = (int) (map.shape().dim(1) * map.shape().dim(2));
        int channels = (int) map.shape().dim(3);
        float[] from = map.toFloatArray();
        float[] to = new float[from.length];
        for (int n = 0; n < batch; n++) {
            int first = n * places * channels;
            for (int place = 0; place < places; place++) {
                for (int c = 0; c < channels; c++) {
                    to[first + c * places + place] = from[first + place * channels + c];
                }
            }
        }
        return Tensor.of(to, batch, channels, map.shape().dim(1), map.shape().dim(2));
    }

    /** A map {@code f32[N,1,H,W]} as one of two classes, of which the first scores the threshold everywhere. */
    static Tensor withThreshold(Tensor map, float threshold) {
        int batch = (int) map.shape().dim(0);
        int places = (int) (map.shape().dim(2) * map.shape().dim(3));
        float[] from = map.toFloatArray();
        float[] to = new float[2 * from.length];
        for (int n = 0; n < batch; n++) {
            Arrays.fill(to, 2 * n * places, (2 * n + 1) * places, threshold);
            System.arraycopy(from, n * places, to, (2 * n + 1) * places, places);
        }
        return Tensor.of(to, batch, 2, map.shape().dim(2), map.shape().dim(3));
    }
}
