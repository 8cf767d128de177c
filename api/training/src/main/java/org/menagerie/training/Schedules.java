package org.menagerie.training;

import ai.djl.training.tracker.LinearTracker;
import ai.djl.training.tracker.Tracker;
import ai.djl.training.tracker.WarmUpTracker;

/** Learning-rate schedules by name, made of DJL's trackers. */
public final class Schedules {
    private Schedules() {}

    /**
     * A schedule from a learning rate.
     *
     * @param name {@code constant}, {@code cosine} (to zero; Loshchilov 2017), {@code linear} (to zero) or {@code step}
     *     (a tenth after each half and each three quarters)
     * @param length steps of the whole training
     * @param warmup steps over which the rate first grows from zero
     */
    public static Tracker of(String name, double rate, long length, long warmup) {
        int total = Math.toIntExact(Math.max(4, length - warmup));
        Tracker main = switch (name) {
            case "constant" -> Tracker.fixed((float) rate);
            case "cosine" ->
                Tracker.cosine()
                        .setBaseValue((float) rate)
                        .optFinalValue(0f)
                        .setMaxUpdates(total)
                        .build();
            case "linear" ->
                LinearTracker.builder()
                        .setBaseValue((float) rate)
                        .optSlope((float) (-rate / total))
                        .optMinValue(0f)
                        .build();
            case "step" ->
                Tracker.multiFactor()
                        .setBaseValue((float) rate)
                        .optFactor(0.1f)
                        .setSteps(new int[] {total / 2, total * 3 / 4})
                        .build();
            default ->
                throw new org.menagerie.spi.InvalidInputException(
                        "Unknown schedule '%s'; available are constant, cosine, linear, step".formatted(name));
        };
        return warmup == 0
                ? main
                : WarmUpTracker.builder()
                        .setMainTracker(main)
                        .optWarmUpBeginValue(0f)
                        .optWarmUpSteps(Math.toIntExact(warmup))
                        .build();
    }
}
