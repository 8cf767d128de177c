package org.menagerie.training;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * When a training writes a checkpoint besides the one after each epoch.
 *
 * @param every the longest time without one; zero for after epochs only
 * @param stop is asked after each step: once true, the training writes a checkpoint and ends with a {@link
 *     TrainingStoppedException}
 */
public record Saving(Duration every, BooleanSupplier stop) {
    /** A checkpoint after ten minutes, and no end before the last epoch. */
    public static final Saving DEFAULT = new Saving(Duration.ofMinutes(10), () -> false);

    public Saving {
        if (every.isNegative()) {
            throw new IllegalArgumentException("The time between checkpoints is not negative; found " + every);
        }
    }
}
