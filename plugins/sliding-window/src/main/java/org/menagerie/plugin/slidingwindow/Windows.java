package org.menagerie.plugin.slidingwindow;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.menagerie.spi.Tensor;

/** The windows of a picture at all scales, with their scores. Used for one picture, by one thread. */
final class Windows {
    private record Part(WindowGrid grid, Tensor scores) {}

    private final List<Part> parts = new ArrayList<>();
    private final int classes;

    Windows(int classes) {
        this.classes = classes;
    }

    void add(WindowGrid grid, Tensor scores) {
        parts.add(new Part(grid, scores));
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }

    int count() {
        return parts.stream().mapToInt(part -> part.grid().count()).sum();
    }

    /** Left, top, right and bottom of each window as fractions of the picture. */
    float[] corners() {
        float[] corners = new float[4 * count()];
        int at = 0;
        for (Part part : parts) {
            WindowGrid grid = part.grid();
            float width = grid.picture().width();
            float height = grid.picture().height();
            for (int i = 0; i < grid.count(); i++) {
                corners[at++] = grid.left(i) / width;
                corners[at++] = grid.top(i) / height;
                corners[at++] = (grid.left(i) + grid.window().width()) / width;
                corners[at++] = (grid.top(i) + grid.window().height()) / height;
            }
        }
        return corners;
    }

    /** The probabilities by class, then by window. */
    float[] scores(UnaryOperator<float[]> activation) {
        int count = count();
        float[] byClass = new float[classes * count];
        float[] row = new float[classes];
        int window = 0;
        for (Part part : parts) {
            for (int i = 0; i < part.grid().count(); i++) {
                part.scores().floats().get(i * classes, row);
                float[] probabilities = activation.apply(row);
                for (int c = 0; c < classes; c++) {
                    byClass[c * count + window] = probabilities[c];
                }
                window++;
            }
        }
        return byClass;
    }
}
