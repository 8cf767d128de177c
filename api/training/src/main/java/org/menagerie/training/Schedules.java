package org.menagerie.training;

import ai.djl.training.tracker.LinearTracker;
import ai.djl.training.tracker.Tracker;
import java.util.List;
import org.menagerie.spi.InvalidInputException;

/**
 * Learning-rate schedules as DJL's trackers, which count steps from 0. A schedule's value depends on the step alone, so
 * that a resumed training meets the same rates; DJL's own warm-up and multi-factor trackers are not used because the one
 * does not end at the rate where the other schedule begins and the other remembers how far it has been asked.
 */
public final class Schedules {
    private static final double STEP_FACTOR = 0.1;

    /** The names of the schedules. */
    public static final List<String> NAMES = List.of("constant", "cosine", "linear", "step");

    private Schedules() {}

    /**
     * A schedule from a learning rate.
     *
     * @param name {@code constant}, {@code cosine} (to zero; Loshchilov 2017), {@code linear} (to zero) or {@code step}
     *     (a tenth from the half and a hundredth from three quarters)
     * @param length steps of the whole training
     * @param warmup steps over which the rate first grows from zero (Goyal 2017, section 2.2); the schedule has the rest
     */
    public static Tracker of(String name, double rate, long length, long warmup) {
        if (!(rate > 0) || length < 1 || warmup < 0) {
            throw new InvalidInputException(
                    "A schedule needs a positive learning rate, at least one step and no negative warm-up; found"
                            + " rate %s, %,d steps, warm-up %,d".formatted(rate, length, warmup));
        }
        Tracker main = of(name, rate, Math.toIntExact(Math.max(1, length - warmup)));
        return warmup == 0 ? main : warmUp(main, Math.toIntExact(warmup));
    }

    private static Tracker of(String name, double rate, int steps) {
        return switch (name) {
            case "constant" -> Tracker.fixed((float) rate);
            case "cosine" -> cosine(rate, steps);
            case "linear" ->
                LinearTracker.builder()
                        .setBaseValue((float) rate)
                        .optSlope((float) (-rate / steps))
                        .optMaxUpdates(steps)
                        .build();
            case "step" ->
                step -> (float) (rate * Math.pow(STEP_FACTOR, step < steps / 2 ? 0 : step < steps * 3L / 4 ? 1 : 2));
            default ->
                throw new InvalidInputException(
                        "Unknown schedule '%s'; available are %s".formatted(name, String.join(", ", NAMES)));
        };
    }

    private static Tracker cosine(double rate, int steps) {
        return Tracker.cosine()
                .setBaseValue((float) rate)
                .optFinalValue(0f)
                .setMaxUpdates(steps)
                .build();
    }

    /** From zero in equal parts to where another schedule begins, which then starts. */
    public static Tracker warmUp(Tracker main, int steps) {
        return step -> step < steps ? main.getNewValue(0) * step / steps : main.getNewValue(step - steps);
    }

    /**
     * A cosine to almost zero again and again, each time from the full rate: what snapshots of one run are taken along
     * (Huang 2017, equation 2).
     *
     * @param cycle steps of each fall
     */
    public static Tracker cyclicCosine(double rate, int cycle) {
        Tracker fall = cosine(rate, cycle);
        return step -> fall.getNewValue(step % cycle);
    }
}
