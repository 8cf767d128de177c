package org.menagerie.vision.proposal;

import java.awt.Rectangle;
import java.nio.FloatBuffer;
import java.util.List;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Shape;
import org.menagerie.spi.Tensor;

/** Boxes as networks take them: left, top, right, bottom in pixels. */
public final class Proposals {
    private static final int CORNERS = 4;

    private Proposals() {}

    /** The corners of boxes one after another. */
    public static float[] flat(List<Rectangle> boxes) {
        float[] flat = new float[CORNERS * boxes.size()];
        int at = 0;
        for (Rectangle box : boxes) {
            flat[at++] = box.x;
            flat[at++] = box.y;
            flat[at++] = box.x + box.width;
            flat[at++] = box.y + box.height;
        }
        return flat;
    }

    /** The corners of several pictures' boxes as f32[N,P,4], with zeros where a picture has fewer than the others. */
    public static Tensor tensor(List<float[]> pictures) {
        Tensor tensor = Tensor.allocate(ElementType.FLOAT32, new Shape(pictures.size(), longest(pictures), CORNERS));
        write(pictures, tensor);
        return tensor;
    }

    /** The most boxes of a picture. */
    public static int longest(List<float[]> pictures) {
        return pictures.stream().mapToInt(boxes -> boxes.length / CORNERS).max().orElse(0);
    }

    /** Writes all of a tensor f32[N,P,4], whose P is at least {@link #longest}. */
    public static void write(List<float[]> pictures, Tensor tensor) {
        FloatBuffer corners = tensor.floats();
        int length = tensor.size() / Math.max(1, pictures.size());
        for (float[] boxes : pictures) {
            corners.put(boxes).put(new float[length - boxes.length]);
        }
    }
}
