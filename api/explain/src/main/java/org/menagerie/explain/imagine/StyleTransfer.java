package org.menagerie.explain.imagine;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.menagerie.graph.Value;
import org.menagerie.spi.Tensor;

/**
 * Paints what one picture shows in the manner of another: the result has the first picture's activations and the second's Gram
 * matrices at layers of the network (Gatys 2016).
 *
 * @param content layers with optional weights, such as {@code relu_9@1}; empty for the second map of an eighth of the size
 * @param style the same; empty for the first map of each of five sizes
 * @param contentWeight of all content layers together
 * @param styleWeight of all style layers together
 * @param tv weight of the total variation
 * @param size pixels of the longer side of each picture
 * @param steps at each size
 * @param optimizer L-BFGS as in the paper, or Adam
 * @param rate of Adam, as a part of the range from black to white
 * @param start the picture to begin with
 * @param averagePools true to take means where the network takes maxima
 * @param octaves how many sizes
 * @param factor from one size to the next
 * @param seed of the random generator
 */
public record StyleTransfer(
        String content,
        String style,
        double contentWeight,
        double styleWeight,
        double tv,
        int size,
        int steps,
        Optimizer optimizer,
        double rate,
        Start start,
        boolean averagePools,
        int octaves,
        double factor,
        long seed)
        implements ImagineMethod {
    private static final int CONTENT_SHRINK = 8;
    private static final int STYLE_LAYERS = 5;
    private static final int MEMORY = 20;

    /** How the picture is optimised. */
    public enum Optimizer {
        LBFGS,
        ADAM
    }

    /** The picture that the optimisation begins with. */
    public enum Start {
        CONTENT,
        NOISE
    }

    public StyleTransfer {
        Checks.loop(size, steps, rate, 0);
        if (size == 0) {
            throw new IllegalArgumentException("size must be 1 or more pixels");
        }
        if (contentWeight < 0 || styleWeight < 0 || tv < 0) {
            throw new IllegalArgumentException("contentWeight, styleWeight and tv must be 0 or more");
        }
        new Scales(octaves, factor);
    }

    public static ImagineKind<StyleTransfer> kind() {
        return ImagineKind.of(
                        new StyleTransfer(
                                "", "", 1, 100, 0, 256, 300, Optimizer.LBFGS, 0.02, Start.CONTENT, false, 1, 2, 1),
                        "What one picture shows, in the manner of another (Gatys 2016).")
                .ofPictures(2);
    }

    @Override
    public Painting paint(Easel easel) {
        Random random = new Random(seed);
        Canvas subject = easel.picture(0, size);
        MapChoice choice = new MapChoice(easel, easel.noise(0, 0, random));
        WeightedLayers ofContent = WeightedLayers.read(
                "content", content.isEmpty() ? choice.second(CONTENT_SHRINK) : content, easel.layers());
        WeightedLayers ofStyle = WeightedLayers.read(
                "style", style.isEmpty() ? String.join("+", choice.firsts(STYLE_LAYERS)) : style, easel.layers());
        Set<Value> needs = new LinkedHashSet<>(ofContent.byValue().keySet());
        needs.addAll(ofStyle.byValue().keySet());
        Scales sizes = new Scales(octaves, factor);
        int total = sizes.sizes(subject).size() * steps;
        int[] done = {0};
        double[] ends = new double[2];
        Canvas from = start == Start.CONTENT
                ? subject
                : Canvas.noise(easel.rest(), subject.height(), subject.width(), 0.2, random);
        Canvas made = sizes.paint(from, canvas -> {
            Map<String, Tensor> shown =
                    easel.values(ofContent.named(), subject.resized(canvas.height(), canvas.width()), averagePools);
            Canvas manner = easel.picture(1, Math.max(canvas.height(), canvas.width()));
            Map<String, Tensor> painted = easel.values(ofStyle.named(), manner, averagePools);
            StyleLoss loss = new StyleLoss(ofContent, ofStyle, shown, painted, contentWeight, styleWeight);
            try (PictureScore score = easel.score(loss, needs, canvas, averagePools)) {
                ends[0] = -score.at(canvas);
                Canvas climbed = climber()
                        .climb(
                                canvas,
                                smooth(score),
                                steps,
                                after(),
                                () -> easel.progress().done(++done[0], total));
                ends[1] = -score.at(climbed);
                return climbed;
            }
        });
        return new Painting(
                made.clipped(),
                List.of(
                        "Content: %s; style: %s.".formatted(ofContent.words(), ofStyle.words()),
                        String.format(
                                Locale.ROOT,
                                "Loss from %.4g to %.4g in %d steps of %s%s.",
                                ends[0],
                                ends[1],
                                done[0],
                                optimizer == Optimizer.LBFGS ? "L-BFGS" : "Adam",
                                averagePools ? ", with average pools" : "")));
    }

    private Climber climber() {
        return optimizer == Optimizer.LBFGS ? new QuasiNewton(MEMORY) : new AdamSteps(rate);
    }

    /** L-BFGS looks at the loss along a line, which clipping would bend. */
    private UnaryOperator<Canvas> after() {
        return optimizer == Optimizer.LBFGS ? UnaryOperator.identity() : Canvas::clipped;
    }

    private Landscape smooth(Landscape score) {
        return tv == 0 ? score : new TotalVariation(tv).on(score);
    }
}
