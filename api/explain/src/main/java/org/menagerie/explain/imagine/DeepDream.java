package org.menagerie.explain.imagine;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import org.menagerie.explain.Target;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Value;

/**
 * A picture, changed so that what a layer sees in it becomes more of the same: the activations are their own gradient.
 *
 * @param layers names or patterns with optional weights, such as {@code relu_9+relu_12@0.5}; empty for the last map of a 16th of
 *     the picture's size
 * @param size pixels of the longer side
 * @param steps at each size
 * @param rate the root mean square of a step, as a part of the range from black to white
 * @param scales how many blurred copies of the gradient are added to it
 * @param octaves how many sizes
 * @param factor from one size to the next
 * @param jitter the most that the picture is moved by before each step, as a part of the shorter side
 * @param seed of the random generator
 */
public record DeepDream(
        String layers,
        int size,
        int steps,
        double rate,
        int scales,
        int octaves,
        double factor,
        double jitter,
        long seed)
        implements ImagineMethod {
    private static final int SHRINK = 16;

    public DeepDream {
        Checks.loop(size, steps, rate, scales);
        if (size == 0) {
            throw new IllegalArgumentException("size must be 1 or more pixels");
        }
        new Disturbance(jitter, 0);
        new Scales(octaves, factor);
    }

    public static ImagineKind<DeepDream> kind() {
        return ImagineKind.of(
                        new DeepDream("", 512, 20, 0.015, 2, 4, 1.4, 0.03, 1),
                        "A picture with more of what a layer sees in it (Mordvintsev 2015).")
                .ofPictures(1);
    }

    @Override
    public Painting paint(Easel easel) {
        Random random = new Random(seed);
        Scales sizes = new Scales(octaves, factor);
        Canvas start = easel.picture(0, size);
        WeightedLayers chosen = WeightedLayers.read(
                "layers",
                layers.isEmpty() ? new MapChoice(easel, easel.noise(0, 0, random)).last(SHRINK) : layers,
                easel.layers());
        int total = sizes.sizes(start).size() * steps;
        int[] done = {0};
        double[] ends = new double[2];
        Canvas made = sizes.paint(start, canvas -> {
            try (PictureScore score =
                    easel.score(new Energy(chosen), chosen.byValue().keySet(), canvas, false)) {
                ends[0] = score.at(canvas);
                Canvas climbed = new GradientSteps(rate, scales)
                        .climb(
                                canvas,
                                new Disturbance(jitter, 0).on(score, random),
                                steps,
                                Canvas::clipped,
                                () -> easel.progress().done(++done[0], total));
                ends[1] = score.at(climbed);
                return climbed;
            }
        });
        return new Painting(
                made,
                List.of(
                        "Layers: %s.".formatted(chosen.words()),
                        String.format(
                                Locale.ROOT,
                                "Mean square of their activations at the last of %d sizes: from %.4g to %.4g.",
                                sizes.sizes(start).size(),
                                ends[0],
                                ends[1])));
    }

    /** The mean square of each layer's activations, weighted. */
    private record Energy(WeightedLayers layers) implements Target {
        @Override
        public String words() {
            return "mean square of " + layers.words();
        }

        @Override
        public Value score(GraphBuilder g, Function<String, Value> network) {
            Value sum = null;
            for (var each : layers.byValue().entrySet()) {
                Value all = g.reshape(network.apply(each.getKey().name()), 1, -1);
                Value part = g.mul(g.mean(g.square(all), 1), (double) each.getValue());
                sum = sum == null ? part : g.add(sum, part);
            }
            return Objects.requireNonNull(sum);
        }
    }
}
