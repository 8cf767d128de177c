package org.menagerie.plugin.paddleocr;

import ai.djl.modality.cv.Image;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.menagerie.decoding.Contours;
import org.menagerie.decoding.Contours.Contour;
import org.menagerie.decoding.Grid;
import org.menagerie.decoding.Polygons;
import org.menagerie.decoding.RotatedRectangle;
import org.menagerie.spi.Network;
import org.menagerie.spi.Tensor;
import org.menagerie.vision.Channels;
import org.menagerie.vision.ImagePreprocessor;
import org.menagerie.vision.ImageSettings;
import org.menagerie.vision.RecognizedText.Corner;
import org.menagerie.vision.Resize;

/**
 * Finds lines of text with differentiable binarization (Liao 2020): a probability map, its regions, a rectangle around
 * each.
 *
 * <p>The map has shrunk regions, which are grown back by area x ratio / perimeter. Regions whose short side is under 3
 * map pixels, or under 5 once grown, or up to 3 picture pixels, are dropped, as are all after
 * the first thousand.
 */
final class TextDetector {
    private static final int MOST_REGIONS = 1000;
    private static final int SHORTEST_REGION = 3;
    private static final int SHORTEST_LINE = 5;
    /** Lines whose sides are no longer in the picture are dropped, pixels. */
    private static final int MOST_DROPPED = 3;

    /** Lines this many times as high as wide run down or up. */
    private static final double UPRIGHT = 1.5;

    /** Lines whose tops differ by less stand side by side, pixels. */
    private static final int SAME_ROW = 10;

    private final Network network;
    private final PaddleOcrSettings settings;
    private final ImagePreprocessor preprocessor;

    TextDetector(Network network, PaddleOcrSettings settings) {
        this.network = network;
        this.settings = settings;
        this.preprocessor = new ImagePreprocessor(new ImageSettings(
                PaddleOcr.input(network),
                null,
                null,
                Channels.BGR,
                Resize.MULTIPLE,
                null,
                false,
                null,
                List.of(0.485, 0.456, 0.406),
                List.of(0.229, 0.224, 0.225),
                null,
                null,
                null,
                settings.longestSideOrDefault(),
                32,
                null));
    }

    /** The corners of each line in reading order, clockwise from the top left, picture pixels. */
    List<List<Corner>> detect(Image picture) {
        Tensor map = PaddleOcr.run(network, preprocessor, List.of(picture));
        int height = (int) map.shape().dim(2);
        int width = (int) map.shape().dim(3);
        Grid probabilities = new Grid(map.toFloatArray(), 1, height, width);
        boolean[] mask = new boolean[height * width];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = probabilities.values()[i] > settings.pixelThresholdOrDefault();
        }
        double scaleX = (double) picture.getWidth() / width;
        double scaleY = (double) picture.getHeight() / height;
        List<List<Corner>> lines = new ArrayList<>();
        List<Contour> contours = Contours.of(mask, height, width);
        for (Contour contour : contours.subList(0, Math.min(MOST_REGIONS, contours.size()))) {
            RotatedRectangle core = RotatedRectangle.around(contour.polygon());
            if (core.shortSide() < SHORTEST_REGION
                    || Polygons.mean(probabilities, core.corners()) < settings.boxThresholdOrDefault()) {
                continue;
            }
            double distance = core.area() * settings.unclipOrDefault() / (2 * (core.width() + core.height()));
            RotatedRectangle line = core.grown(distance);
            if (line.shortSide() >= SHORTEST_LINE) {
                List<Corner> corners = upright(line.corners(), scaleX, scaleY, picture);
                if (side(corners, 1) > MOST_DROPPED && side(corners, 3) > MOST_DROPPED) {
                    lines.add(corners);
                }
            }
        }
        return inReadingOrder(lines);
    }

    /** The whole pixels between the first corner and another. */
    private static int side(List<Corner> corners, int other) {
        Corner first = corners.get(0);
        Corner second = corners.get(other);
        return (int) Math.hypot(first.x() - second.x(), first.y() - second.y());
    }

    /**
     * Corners in whole picture pixels and within the picture, from the top left: of the two leftmost the upper, of the two
     * rightmost the upper, … PaddleOCR takes the nearest pixels, and so are those of lines that run across. Lines that run
     * down or up take the pixels around them: the orientation classifier, which decides which end is up, misjudged a line in
     * four of a turned page by crops that lost a fraction of a pixel.
     */
    private static List<Corner> upright(double[] corners, double scaleX, double scaleY, Image picture) {
        double middleX = middle(corners, 0) * scaleX;
        double middleY = middle(corners, 1) * scaleY;
        double halfWidth = 0;
        double halfHeight = 0;
        for (int i = 0; i < 4; i++) {
            halfWidth = Math.max(halfWidth, Math.abs(corners[2 * i] * scaleX - middleX));
            halfHeight = Math.max(halfHeight, Math.abs(corners[2 * i + 1] * scaleY - middleY));
        }
        boolean across = halfHeight < UPRIGHT * halfWidth;
        Corner[] byX = new Corner[4];
        for (int i = 0; i < 4; i++) {
            byX[i] = new Corner(
                    whole(corners[2 * i] * scaleX, across, middleX, picture.getWidth()),
                    whole(corners[2 * i + 1] * scaleY, across, middleY, picture.getHeight()));
        }
        Arrays.sort(byX, Comparator.comparingDouble(Corner::x));
        boolean leftInOrder = byX[0].y() <= byX[1].y();
        boolean rightInOrder = byX[2].y() <= byX[3].y();
        return List.of(
                leftInOrder ? byX[0] : byX[1],
                rightInOrder ? byX[2] : byX[3],
                rightInOrder ? byX[3] : byX[2],
                leftInOrder ? byX[1] : byX[0]);
    }

    private static double whole(double coordinate, boolean nearest, double middle, int size) {
        double pixel =
                nearest ? Math.rint(coordinate) : coordinate < middle ? Math.floor(coordinate) : Math.ceil(coordinate);
        return Math.min(Math.max(pixel, 0), size - 1);
    }

    private static double middle(double[] corners, int axis) {
        return (corners[axis] + corners[2 + axis] + corners[4 + axis] + corners[6 + axis]) / 4;
    }

    /** By their top left corners' y, then by x among neighbours of one row. */
    private static List<List<Corner>> inReadingOrder(List<List<Corner>> lines) {
        List<List<Corner>> ordered = new ArrayList<>(lines);
        ordered.sort(
                Comparator.<List<Corner>>comparingDouble(line -> line.get(0).y())
                        .thenComparingDouble(line -> line.get(0).x()));
        for (int i = 1; i < ordered.size(); i++) {
            for (int j = i; j > 0; j--) {
                Corner above = ordered.get(j - 1).get(0);
                Corner below = ordered.get(j).get(0);
                if (below.y() - above.y() >= SAME_ROW || below.x() >= above.x()) {
                    break;
                }
                Collections.swap(ordered, j, j - 1);
            }
        }
        return ordered;
    }
}
