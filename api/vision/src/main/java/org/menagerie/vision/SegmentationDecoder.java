package org.menagerie.vision;

import ai.djl.modality.cv.output.CategoryMask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.menagerie.decoding.Grid;
import org.menagerie.decoding.MergedMaps;
import org.menagerie.decoding.Upsampling;
import org.menagerie.spi.CardException;
import org.menagerie.spi.Inference;
import org.menagerie.spi.MergingDecoder;
import org.menagerie.spi.ModelCard;
import org.menagerie.spi.Origin;
import org.menagerie.spi.Tensor;
import org.menagerie.spi.ZooException;

/**
 * Maps of class scores {@code f32[N,classes,H,W]} to the most probable class of each pixel of the original picture; of
 * equal scores the first. Scores are interpolated between the map's places. Class 0 where the network did not see the
 * picture. A map of one channel is the probability of class 1, which a pixel has above the threshold.
 *
 * <p>Classes are named by the card's labels. Where the map has one class more than the card, class 0 is {@code background};
 * where the card has none, classes are numbers. Thread-safe.
 */
final class SegmentationDecoder implements MergingDecoder<CategoryMask> {
    private static final String BACKGROUND = "background";

    private final SegmentationSettings settings;
    private final int margin;
    private final ModelCard card;

    SegmentationDecoder(SegmentationSettings settings, ModelCard card) {
        this.settings = settings;
        this.margin = settings.marginOrDefault();
        this.card = card;
    }

    /** The class with the highest mean probability over the looks that saw a pixel. */
    @Override
    public List<CategoryMask> merge(List<Seen> looks) {
        int batch = looks.get(0).prepared().size();
        List<Tensor> scores =
                looks.stream().map(look -> scores(look.inference(), batch)).toList();
        int classes = (int) scores.get(0).shape().dim(1);
        List<String> names = names(classes);
        List<CategoryMask> answers = new ArrayList<>(batch);
        for (int i = 0; i < batch; i++) {
            List<MergedMaps.Seen> maps = new ArrayList<>();
            for (int look = 0; look < looks.size(); look++) {
                Origin origin = looks.get(look).prepared().origins().get(i);
                Grid map = grid(scores.get(look), i);
                boolean addable = looks.size() > 1 && (binary(looks.get(look)) || areProbabilities(map));
                maps.add(new MergedMaps.Seen(map, withoutMargin((Origin.Image) origin), addable));
            }
            answers.add(new CategoryMask(names, mask(maps)));
        }
        return answers;
    }

    private Grid grid(Tensor scores, int picture) {
        int classes = (int) scores.shape().dim(1);
        int height = (int) scores.shape().dim(2);
        int width = (int) scores.shape().dim(3);
        float[] values = new float[classes * height * width];
        scores.floats().get(picture * values.length, values);
        for (float value : values) {
            if (Float.isNaN(value)) {
                throw new ZooException("Model '%s' gives NaN for a pixel; expected numbers: its file may be damaged"
                        .formatted(card.name()));
            }
        }
        return new Grid(values, classes, height, width);
    }

    /** Whether the network tells one class from none, by a number that a threshold is held against. */
    private boolean binary(Seen look) {
        int axis = settings.layoutOrDefault() == Layout.NHWC ? 3 : 1;
        return Objects.requireNonNull(look.inference().outputs().get(settings.output()))
                        .shape()
                        .dim(axis)
                == 1;
    }

    /** Whether a map holds probabilities and no logits: nothing is negative, and the classes of a place add up to 1. */
    private static boolean areProbabilities(Grid map) {
        int places = map.height() * map.width();
        for (int place = 0; place < places; place++) {
            float sum = 0;
            for (int c = 0; c < map.channels(); c++) {
                float value = map.values()[c * places + place];
                if (value < 0 || value > 1) {
                    return false;
                }
                sum += value;
            }
            if (Math.abs(sum - 1) > 1e-3f) {
                return false;
            }
        }
        return true;
    }

    private Tensor scores(Inference inference, int batch) {
        Tensor output = inference.output(settings.output(), card, batch);
        boolean last = settings.layoutOrDefault() == Layout.NHWC;
        if (output.shape().rank() != 4) {
            throw new CardException("Output '%s' of model '%s' is %s; expected a map %s"
                    .formatted(
                            settings.output(),
                            card.name(),
                            output.shape(),
                            last ? "[N,H,W,classes]" : "[N,classes,H,W]"));
        }
        Tensor scores = last ? ScoreMaps.channelsFirst(output) : output;
        if (scores.shape().dim(1) == 1) {
            return ScoreMaps.withThreshold(scores, settings.thresholdOrDefault());
        }
        if (settings.threshold() != null) {
            throw new CardException(
                    "The decoder of model '%s' has a threshold, which maps of one channel have; '%s' is %s"
                            .formatted(card.name(), settings.output(), output.shape()));
        }
        return scores;
    }

    private List<String> names(int classes) {
        List<String> labels = card.labels();
        if (labels.isEmpty()) {
            return IntStream.range(0, classes).mapToObj(Integer::toString).toList();
        }
        if (labels.size() == classes) {
            return labels;
        }
        if (labels.size() != classes - 1) {
            throw new CardException(
                    "Model '%s' tells %d classes apart, but its card lists %d labels; expected %d, or %d without the background"
                            .formatted(card.name(), classes, labels.size(), classes, classes - 1));
        }
        List<String> names = new ArrayList<>(List.of(BACKGROUND));
        names.addAll(labels);
        return List.copyOf(names);
    }

    private static int[][] mask(List<MergedMaps.Seen> looks) {
        Origin.Image picture = looks.get(0).picture();
        int[] labels = looks.size() == 1
                ? Upsampling.toOriginal(picture).argMax(looks.get(0).scores())
                : MergedMaps.argMax(looks);
        int[][] rows = new int[picture.height()][];
        for (int y = 0; y < rows.length; y++) {
            rows[y] = Arrays.copyOfRange(labels, y * picture.width(), (y + 1) * picture.width());
            for (int x = 0; x < rows[y].length; x++) {
                rows[y][x] = rows[y][x] == Upsampling.UNSEEN ? 0 : rows[y][x];
            }
        }
        return rows;
    }

    /** The picture beside the part of the network's input that the map shows. */
    private Origin.Image withoutMargin(Origin.Image picture) {
        int width = picture.inputWidth() - 2 * margin;
        int height = picture.inputHeight() - 2 * margin;
        if (width < 1 || height < 1) {
            throw new CardException("The decoder of model '%s' has margin %d, which leaves nothing of an input of %dx%d"
                    .formatted(card.name(), margin, picture.inputWidth(), picture.inputHeight()));
        }
        return new Origin.Image(
                picture.width(),
                picture.height(),
                width,
                height,
                picture.scaleX(),
                picture.scaleY(),
                picture.offsetX() - margin,
                picture.offsetY() - margin);
    }
}
