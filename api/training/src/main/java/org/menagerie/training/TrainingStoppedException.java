package org.menagerie.training;

import java.nio.file.Path;
import org.menagerie.spi.ZooException;

/** A training that was asked to stop, and has written a checkpoint from which it can go on to the same bits. */
public final class TrainingStoppedException extends ZooException {
    private static final long serialVersionUID = 1L;

    private final long step;

    TrainingStoppedException(long step, long steps, Path checkpoint) {
        super("Training stopped after step %,d of %,d; '%s' keeps what it has learned"
                .formatted(step, steps, checkpoint));
        this.step = step;
    }

    /** The last step that was taken, counted from 1 over the whole training. */
    public long step() {
        return step;
    }
}
