package org.menagerie.vision;

import ai.djl.modality.cv.output.CategoryMask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.menagerie.decoding.Grid;
import org.menagerie.decoding.Upsampling;
import org.menagerie.spi.CardException;
import org.menagerie.spi.Decoder;
import org.menagerie.spi.Inference;
import org.menagerie.spi.ModelCard;
import org.menagerie.spi.Origin;
import org.menagerie.spi.Prepared;
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
final class SegmentationDecoder implements Decoder<CategoryMask> {
    private static final String BACKGROUND = "background";

    private final SegmentationSettings settings;
    private final int margin;
    private final int shift;
    private final ModelCard card;

    SegmentationDecoder(SegmentationSettings settings, ModelCard card) {
        this.settings = settings;
        this.margin = settings.marginOrDefault();
        this.shift = settings.shiftOrDefault();
        this.card = card;
    }

    @Override
    public List<CategoryMask> decode(Prepared prepared, Inference inference) {
        Tensor scores = scores(inference, prepared.size());
        if (shift > 0) {
            ShiftedLook look = new ShiftedLook(shift);
            Inference second =
                    new Inference(inference.network().run(look.inputs(prepared.tensors())), inference.network());
            scores = ShiftedLook.mean(scores, scores(second, prepared.size()), places(scores, prepared));
        }
        int classes = (int) scores.shape().dim(1);
        int height = (int) scores.shape().dim(2);
        int width = (int) scores.shape().dim(3);
        List<String> names = names(classes);
        List<CategoryMask> answers = new ArrayList<>(prepared.size());
        for (int i = 0; i < prepared.size(); i++) {
            float[] values = new float[classes * height * width];
            scores.floats().get(i * values.length, values);
            answers.add(new CategoryMask(names, mask(new Grid(values, classes, height, width), (Origin.Image)
                    prepared.origins().get(i))));
        }
        return answers;
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

    /** By how many places of the map the second look is shifted: a whole number, or the looks do not fit. */
    private int places(Tensor scores, Prepared prepared) {
        long width = scores.shape().dim(3);
        int seen = ((Origin.Image) prepared.origins().get(0)).inputWidth() - 2 * margin;
        if (seen < 1 || shift * width % seen != 0) {
            throw new CardException(
                    "The decoder of model '%s' has shift %d, which is no whole number of places in a map of width %d over %d pixels"
                            .formatted(card.name(), shift, width, seen));
        }
        return (int) (shift * width / seen);
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

    private int[][] mask(Grid map, Origin.Image picture) {
        for (float value : map.values()) {
            if (Float.isNaN(value)) {
                throw new ZooException("Model '%s' gives NaN for a pixel; expected numbers: its file may be damaged"
                        .formatted(card.name()));
            }
        }
        int[] labels = Upsampling.toOriginal(withoutMargin(picture)).argMax(map);
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
