package org.menagerie.plugin.paddleocr;

import ai.djl.modality.cv.Image;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.menagerie.plugin.paddleocr.LineRecognizer.Reading;
import org.menagerie.spi.Artifacts;
import org.menagerie.spi.Model;
import org.menagerie.spi.ModelCard;
import org.menagerie.spi.Network;
import org.menagerie.spi.Prepared;
import org.menagerie.spi.Tensor;
import org.menagerie.vision.ImagePreprocessor;
import org.menagerie.vision.RecognizedText;
import org.menagerie.vision.RecognizedText.Corner;
import org.menagerie.vision.RotatedCrop;

/**
 * PP-OCR (Du et al. 2020, arXiv:2009.09941; v4 networks): lines are detected, cut out and turned level, turned by half if
 * they stand upside down, and read.
 *
 * <p>Artifacts are the networks {@code detection}, {@code recognition} and, if asked for, {@code orientation}, and the
 * text file {@code keys}. Thread-safe.
 */
final class PaddleOcr implements Model<Image, RecognizedText> {
    /** Lines this much taller than wide are read from top to bottom. */
    private static final double UPRIGHT = 1.5;

    private final PaddleOcrSettings settings;
    private final ModelCard card;
    private final List<Network> networks = new ArrayList<>();
    private final TextDetector detector;
    private final Optional<LineTurner> turner;
    private final LineRecognizer recognizer;

    PaddleOcr(PaddleOcrSettings settings, ModelCard card, Artifacts artifacts) {
        this.settings = settings;
        this.card = card;
        try {
            this.detector = new TextDetector(open(artifacts, "detection"), settings);
            this.turner = settings.orientationOrDefault()
                    ? Optional.of(new LineTurner(open(artifacts, "orientation")))
                    : Optional.empty();
            this.recognizer = new LineRecognizer(open(artifacts, "recognition"), artifacts.file("keys"));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private Network open(Artifacts artifacts, String name) {
        Network network = artifacts.network(name);
        networks.add(network);
        return network;
    }

    /** The name of a network's only input. */
    static String input(Network network) {
        return network.inputs().get(0).name();
    }

    /** A network's only output for a batch of pictures. */
    static Tensor run(Network network, ImagePreprocessor preprocessor, List<Image> pictures) {
        try (Prepared prepared = preprocessor.prepare(pictures)) {
            return network.run(prepared.tensors()).values().iterator().next();
        }
    }

    @Override
    public List<RecognizedText> predict(List<? extends Image> inputs) {
        return inputs.stream().map(this::predict).toList();
    }

    @Override
    public RecognizedText predict(Image picture) {
        List<List<Corner>> found = detector.detect(picture);
        RotatedCrop crop = new RotatedCrop(picture);
        List<List<Corner>> corners =
                new ArrayList<>(found.stream().map(PaddleOcr::alongTheText).toList());
        List<Image> lines = new ArrayList<>(corners.stream().map(crop::cut).toList());
        if (turner.isPresent()) {
            List<Boolean> upsideDown = turner.get().upsideDown(lines);
            for (int i = 0; i < lines.size(); i++) {
                if (upsideDown.get(i)) {
                    corners.set(i, rotated(corners.get(i), 2));
                    lines.set(i, crop.cut(corners.get(i)));
                }
            }
        }
        List<Reading> readings = recognizer.read(lines);
        List<RecognizedText.Line> read = new ArrayList<>();
        for (int i = 0; i < readings.size(); i++) {
            Reading reading = readings.get(i);
            if (reading.score() >= settings.minScoreOrDefault()
                    && !reading.text().isBlank()) {
                read.add(new RecognizedText.Line(reading.text(), reading.score(), corners.get(i)));
            }
        }
        return new RecognizedText(read);
    }

    /** Corners from the text's own top left: tall lines run downwards, turned a quarter clockwise. */
    private static List<Corner> alongTheText(List<Corner> corners) {
        double width = distance(corners.get(0), corners.get(1));
        double height = distance(corners.get(0), corners.get(3));
        return height >= UPRIGHT * width ? rotated(corners, 1) : corners;
    }

    private static double distance(Corner a, Corner b) {
        return Math.hypot(a.x() - b.x(), a.y() - b.y());
    }

    /** The same rectangle with another corner first. */
    private static List<Corner> rotated(List<Corner> corners, int first) {
        return List.of(
                corners.get(first % 4),
                corners.get((first + 1) % 4),
                corners.get((first + 2) % 4),
                corners.get((first + 3) % 4));
    }

    @Override
    public ModelCard card() {
        return card;
    }

    @Override
    public void close() {
        networks.forEach(Network::close);
    }
}
