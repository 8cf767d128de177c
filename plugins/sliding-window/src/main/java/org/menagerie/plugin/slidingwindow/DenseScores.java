package org.menagerie.plugin.slidingwindow;

import java.nio.FloatBuffer;
import java.util.Map;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Inference;
import org.menagerie.spi.ModelCard;
import org.menagerie.spi.Network;
import org.menagerie.spi.Tensor;

/**
 * Runs the classifier once on the whole picture, as convolutions.
 *
 * @param network gives f32[1,classes,rows,columns] for windows that are {@code step} pixels apart
 */
record DenseScores(ModelCard card, Network network, String input, String output, int step) implements WindowScores {
    @Override
    public Tensor of(Tensor picture, WindowGrid grid) {
        Tensor map = new Inference(network.run(Map.of(input, picture)), network).output(output, card, 1, -1, -1, -1);
        int classes = (int) map.shape().dim(1);
        int rows = (int) map.shape().dim(2);
        int columns = (int) map.shape().dim(3);
        Tensor scores = Tensor.allocate(ElementType.FLOAT32, grid.count(), classes);
        FloatBuffer from = map.floats();
        FloatBuffer to = scores.floats();
        for (int i = 0; i < grid.count(); i++) {
            int place = grid.top(i) / step * columns + grid.left(i) / step;
            for (int c = 0; c < classes; c++) {
                to.put(i * classes + c, from.get(c * rows * columns + place));
            }
        }
        return scores;
    }

    @Override
    public void close() {
        network.close();
    }
}
