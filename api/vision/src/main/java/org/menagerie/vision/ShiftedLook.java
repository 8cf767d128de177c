package org.menagerie.vision;

import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;

/**
 * A second look at the same pictures, moved right and down. A network that halves its maps answers a little differently
 * where a thing lies elsewhere on its grid, so the mean of two looks errs less often than either: test-time augmentation,
 * as the mean over crops in Krizhevsky 2012 (section 4.1). Thread-safe.
 *
 * @param pixels of the network's input, at least 1
 */
record ShiftedLook(int pixels) {
    /** Pictures f32[N,C,H,W] moved, their left column and upper row repeated; other inputs as they are. */
    Map<String, Tensor> inputs(Map<String, Tensor> inputs) {
        Map<String, Tensor> moved = new LinkedHashMap<>(inputs);
        moved.replaceAll((name, tensor) ->
                tensor.elementType() == ElementType.FLOAT32 && tensor.shape().rank() == 4 ? moved(tensor) : tensor);
        return moved;
    }

    private Tensor moved(Tensor pictures) {
        int height = (int) pictures.shape().dim(2);
        int width = (int) pictures.shape().dim(3);
        float[] from = pictures.toFloatArray();
        float[] to = new float[from.length];
        for (int plane = 0; plane < from.length; plane += height * width) {
            for (int y = 0; y < height; y++) {
                int row = plane + Math.max(0, y - pixels) * width;
                for (int x = 0; x < width; x++) {
                    to[plane + y * width + x] = from[row + Math.max(0, x - pixels)];
                }
            }
        }
        return Tensor.of(to, pictures.shape().dims());
    }

    /**
     * The mean of both looks' scores f32[N,classes,H,W]; the first look's alone at the right and lower edge, which the
     * second did not see.
     *
     * @param places of the map by which the second look lies further right and down
     */
    static Tensor mean(Tensor first, Tensor second, int places) {
        int height = (int) first.shape().dim(2);
        int width = (int) first.shape().dim(3);
        float[] here = first.toFloatArray();
        FloatBuffer there = second.floats();
        for (int plane = 0; plane < here.length; plane += height * width) {
            for (int y = 0; y < height - places; y++) {
                int row = plane + y * width;
                for (int x = 0; x < width - places; x++) {
                    here[row + x] = (here[row + x] + there.get(row + places * width + x + places)) / 2;
                }
            }
        }
        return Tensor.of(here, first.shape().dims());
    }
}
