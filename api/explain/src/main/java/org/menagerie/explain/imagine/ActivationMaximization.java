package org.menagerie.explain.imagine;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.menagerie.explain.Target;

/**
 * The picture that a class, a channel or a unit answers to most, climbed to from noise.
 *
 * @param size pixels of each side; 0 for the network's own size
 * @param steps at each size
 * @param rate the root mean square of a step, as a part of the range from black to white
 * @param scales how many blurred copies of the gradient are added to it
 * @param octaves how many sizes, for targets that any size has
 * @param factor from one size to the next
 * @param jitter the most that the picture is moved by before each step, as a part of the shorter side
 * @param rotation the most degrees that it is turned by
 * @param l2 how much of each pixel's distance from gray is taken away at each step
 * @param tv how far each step moves a pixel towards the mean of its neighbours
 * @param blurEvery blur at each so many steps; 0 for never
 * @param blur the blur's standard deviation, pixels
 * @param smallest the part of the pixels, those nearest to gray, that becomes gray at each step
 * @param seed of the random generator
 */
public record ActivationMaximization(
        int size,
        int steps,
        double rate,
        int scales,
        int octaves,
        double factor,
        double jitter,
        double rotation,
        double l2,
        double tv,
        int blurEvery,
        double blur,
        double smallest,
        long seed)
        implements ImagineMethod {
    private static final double NOISE = 0.02;

    public ActivationMaximization {
        Checks.loop(size, steps, rate, scales);
        new Prior(l2, tv, blurEvery, blur, smallest);
        new Disturbance(jitter, rotation);
        new Scales(octaves, factor);
    }

    public static ImagineKind<ActivationMaximization> kind() {
        return ImagineKind.of(
                        new ActivationMaximization(0, 200, 0.02, 4, 1, 1.4, 0.03, 5, 0.01, 0.05, 4, 0.5, 0, 1),
                        "The picture that a class, a channel or a unit answers to most (Erhan 2009, Simonyan 2014, Yosinski 2015).")
                .ofTarget();
    }

    @Override
    public Painting paint(Easel easel) {
        Random random = new Random(seed);
        Scales sizes = new Scales(octaves, factor);
        Canvas start = easel.noise(size, NOISE, random);
        int total = sizes.sizes(start).size() * steps;
        int[] done = {0};
        double[] ends = new double[2];
        String[] words = {""};
        Canvas made = sizes.paint(start, canvas -> {
            Target target = easel.target(canvas);
            words[0] = target.words();
            try (PictureScore score = easel.score(target, easel.needs(), canvas, false)) {
                ends[0] = score.at(canvas);
                Canvas climbed = new GradientSteps(rate, scales)
                        .climb(
                                canvas,
                                new Disturbance(jitter, rotation).on(score, random),
                                steps,
                                new Prior(l2, tv, blurEvery, blur, smallest).afterStep(easel.rest()),
                                () -> easel.progress().done(++done[0], total));
                ends[1] = score.at(climbed);
                return climbed;
            }
        });
        return new Painting(
                made,
                List.of(String.format(
                        Locale.ROOT, "%s: from %.4g to %.4g in %d steps.", words[0], ends[0], ends[1], total)));
    }
}
