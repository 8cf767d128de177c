package org.menagerie.plugin.slidingwindow;

import java.nio.FloatBuffer;
import java.util.Map;
import org.menagerie.spi.CallScope;
import org.menagerie.spi.CardException;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Inference;
import org.menagerie.spi.ModelCard;
import org.menagerie.spi.Network;
import org.menagerie.spi.Tensor;

/** Cuts each window out and runs the classifier on the cuttings, up to 64 at once. */
record CroppedScores(ModelCard card, Network network, String input, String output) implements WindowScores {
    private static final int MOST = 64;

    @Override
    public Tensor of(Tensor picture, WindowGrid grid) {
        String batch = network.inputs().get(0).dims().get(0);
        int most = batch.matches("[1-9]\\d{0,8}") ? Integer.parseInt(batch) : MOST;
        Tensor all = null;
        for (int from = 0; from < grid.count(); from += most) {
            CallScope.current().check();
            int size = Math.min(most, grid.count() - from);
            Tensor crops = crops(picture, grid, from, size);
            Tensor scores = new Inference(network.run(Map.of(input, crops)), network).output(output, card, size);
            int classes = scores.size() / size;
            if (all == null) {
                all = Tensor.allocate(ElementType.FLOAT32, grid.count(), classes);
            }
            all.floats().put(from * classes, scores.floats(), 0, scores.size());
        }
        if (all == null) {
            throw new CardException("Model '%s' was given no window".formatted(card.name()));
        }
        return all;
    }

    private static Tensor crops(Tensor picture, WindowGrid grid, int from, int size) {
        int channels = (int) picture.shape().dim(1);
        int height = grid.window().height();
        int width = grid.window().width();
        Tensor crops = Tensor.allocate(ElementType.FLOAT32, size, channels, height, width);
        FloatBuffer source = picture.floats();
        FloatBuffer target = crops.floats();
        int at = 0;
        for (int i = from; i < from + size; i++) {
            for (int channel = 0; channel < channels; channel++) {
                for (int y = 0; y < height; y++) {
                    int row = channel * grid.picture().height() + grid.top(i) + y;
                    target.put(at, source, row * grid.picture().width() + grid.left(i), width);
                    at += width;
                }
            }
        }
        return crops;
    }

    @Override
    public void close() {
        network.close();
    }
}
