package org.menagerie.vision.proposal;

import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.menagerie.spi.InvalidInputException;

/**
 * Boxes that may hold an object, by selective search (Uijlings, van de Sande, Gevers and Smeulders 2013, "Selective search
 * for object recognition"): a picture is cut into segments, neighbours that are alike are joined step by step, and the box
 * around every region on the way is proposed.
 *
 * <p>Several ways of looking are mixed as the paper mixes them: a box's rank is its place from the top of its hierarchy times
 * a random number, here always the same ones, so that equal pictures have equal boxes. Thread-safe.
 */
public final class SelectiveSearch {
    private static final long SEED = 1;

    private final SelectiveSearchSettings settings;

    public SelectiveSearch(SelectiveSearchSettings settings) {
        this.settings = settings;
    }

    /**
     * The boxes of a picture, the likeliest first, in pixels; no two are equal.
     *
     * @param samples 0 to 255, channel by channel, each row by row
     * @param channels 1 for gray, 3 for red, green and blue
     * @throws InvalidInputException if the samples are not of one or three channels of this size
     */
    public List<Rectangle> boxes(float[] samples, int channels, int height, int width) {
        Planes picture = planes(samples, channels, height, width);
        Map<Rectangle, Double> ranks = new LinkedHashMap<>();
        SplittableRandom random = new SplittableRandom(SEED);
        List<ColorSpace> spaces = channels == 1 ? List.of(ColorSpace.GRAY) : settings.colors();
        for (ColorSpace space : spaces) {
            Planes colors = space.of(picture);
            Histograms byColor = Histograms.ofColors(colors);
            Histograms byTexture = Histograms.ofTexture(colors);
            GraphSegmentation segmentation = new GraphSegmentation(colors, settings.sigma());
            for (double scale : settings.scales()) {
                int[] segments = segmentation.segments(scale, settings.leastPixels());
                for (boolean withColor : new boolean[] {true, false}) {
                    List<Rectangle> boxes = Hierarchy.boxes(segments, colors, byColor, byTexture, withColor);
                    for (int place = 1; place <= boxes.size(); place++) {
                        ranks.merge(boxes.get(place - 1), place * random.nextDouble(), Math::min);
                    }
                }
            }
        }
        return ranks.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .limit(settings.most())
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Planes planes(float[] samples, int channels, int height, int width) {
        if ((channels != 1 && channels != 3)
                || height < 1
                || width < 1
                || samples.length != (long) channels * height * width) {
            throw new InvalidInputException(
                    "Selective search needs a gray or RGB picture; found %d channels of %dx%d pixels in %,d samples"
                            .formatted(channels, width, height, samples.length));
        }
        List<float[]> planes = new ArrayList<>();
        int pixels = height * width;
        for (int c = 0; c < channels; c++) {
            float[] plane = new float[pixels];
            System.arraycopy(samples, c * pixels, plane, 0, pixels);
            planes.add(plane);
        }
        return new Planes(planes, width, height);
    }
}
