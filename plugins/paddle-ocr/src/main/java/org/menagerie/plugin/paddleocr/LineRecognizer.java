package org.menagerie.plugin.paddleocr;

import ai.djl.modality.cv.Image;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.menagerie.decoding.Ctc;
import org.menagerie.spi.Network;
import org.menagerie.spi.PlainText;
import org.menagerie.spi.Tensor;
import org.menagerie.spi.ZooException;
import org.menagerie.vision.Channels;
import org.menagerie.vision.ImagePreprocessor;
import org.menagerie.vision.ImageSettings;
import org.menagerie.vision.Resize;

/**
 * Reads pictures of single lines: 48 pixels high, frames of character probabilities, the best path of CTC.
 *
 * <p>Labels are the blank, then the keys, then a space. Lines of like width share a run.
 */
final class LineRecognizer {
    private static final int HEIGHT = 48;
    private static final int LEAST_WIDTH = 320;
    private static final int MOST_WIDTH = 4096;
    private static final int MOST_LINES = 6;
    private static final double MOST_STRETCH = 1.25;

    private final Network network;
    private final List<String> keys;
    private final ImagePreprocessor preprocessor;

    /** What a line says and how sure that is, 0 to 1. */
    record Reading(String text, double score) {}

    LineRecognizer(Network network, Path keys) {
        this.network = network;
        this.keys = readKeys(keys);
        this.preprocessor = new ImagePreprocessor(lines(PaddleOcr.input(network), HEIGHT, LEAST_WIDTH, MOST_WIDTH));
    }

    /** Lines in BGR from -1 to 1, with 0 on the right. */
    static ImageSettings lines(String input, int height, int leastWidth, int mostWidth) {
        return new ImageSettings(
                input,
                leastWidth,
                height,
                Channels.BGR,
                Resize.LINE,
                null,
                false,
                null,
                List.of(0.5),
                List.of(0.5),
                null,
                127.5,
                null,
                mostWidth,
                null,
                null);
    }

    private static List<String> readKeys(Path file) {
        try {
            return PlainText.readLines(file);
        } catch (IOException e) {
            throw new ZooException("Cannot read the keys %s: %s".formatted(file, e.getMessage()), e);
        }
    }

    /** A reading of each line, in their order. */
    List<Reading> read(List<Image> lines) {
        List<Integer> byWidth = IntStream.range(0, lines.size())
                .boxed()
                .sorted(Comparator.comparingDouble(i -> width(lines.get(i))))
                .toList();
        List<@Nullable Reading> readings = new ArrayList<>(Collections.nCopies(lines.size(), null));
        int from = 0;
        for (int i = 1; i <= byWidth.size(); i++) {
            if (i == byWidth.size()
                    || i - from == MOST_LINES
                    || width(lines.get(byWidth.get(i))) > MOST_STRETCH * width(lines.get(byWidth.get(from)))) {
                List<Integer> batch = byWidth.subList(from, i);
                List<Reading> read = run(batch.stream().map(lines::get).toList());
                for (int k = 0; k < batch.size(); k++) {
                    readings.set(batch.get(k), read.get(k));
                }
                from = i;
            }
        }
        return List.copyOf(readings);
    }

    private static double width(Image line) {
        return Math.max(LEAST_WIDTH, (double) HEIGHT * line.getWidth() / line.getHeight());
    }

    private List<Reading> run(List<Image> lines) {
        Tensor output = PaddleOcr.run(network, preprocessor, lines);
        int frames = (int) output.shape().dim(1);
        int labels = (int) output.shape().dim(2);
        if (labels != keys.size() + 2) {
            throw new ZooException("The recognizer tells %,d labels apart; its keys make %,d with blank and space"
                    .formatted(labels, keys.size() + 2));
        }
        FloatBuffer probabilities = output.floats();
        float[] line = new float[frames * labels];
        List<Reading> readings = new ArrayList<>(lines.size());
        for (int i = 0; i < lines.size(); i++) {
            probabilities.get(line);
            Ctc.Reading reading = decode(line, labels);
            StringBuilder text = new StringBuilder();
            for (int label : reading.labels()) {
                text.append(label <= keys.size() ? keys.get(label - 1) : " ");
            }
            readings.add(new Reading(text.toString(), reading.confidence()));
        }
        return readings;
    }

    private static Ctc.Reading decode(float[] probabilities, int labels) {
        try {
            return new Ctc(0).greedy(probabilities, labels);
        } catch (IllegalArgumentException e) {
            throw new ZooException("The recognizer's output cannot be read: " + e.getMessage(), e);
        }
    }
}
