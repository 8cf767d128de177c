package org.menagerie.plugin.paddleocr;

import ai.djl.modality.cv.Image;
import java.util.ArrayList;
import java.util.List;
import org.menagerie.spi.Network;
import org.menagerie.spi.Tensor;
import org.menagerie.vision.ImagePreprocessor;

/** Turns lines that stand upside down: a classifier of 0 and 180 degrees, believed above 0.9. */
final class LineTurner {
    private static final int HEIGHT = 48;
    private static final int WIDTH = 192;
    private static final int MOST_LINES = 6;
    private static final float SURE = 0.9f;

    private final Network network;
    private final ImagePreprocessor preprocessor;

    LineTurner(Network network) {
        this.network = network;
        this.preprocessor = new ImagePreprocessor(LineRecognizer.lines(PaddleOcr.input(network), HEIGHT, WIDTH, WIDTH));
    }

    /** For each line whether it stands upside down. */
    List<Boolean> upsideDown(List<Image> lines) {
        List<Boolean> answers = new ArrayList<>(lines.size());
        for (int from = 0; from < lines.size(); from += MOST_LINES) {
            List<Image> batch = lines.subList(from, Math.min(lines.size(), from + MOST_LINES));
            Tensor output = PaddleOcr.run(network, preprocessor, batch);
            for (int i = 0; i < batch.size(); i++) {
                answers.add(output.floats().get(2 * i + 1) > SURE);
            }
        }
        return answers;
    }
}
