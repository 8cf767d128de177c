package org.menagerie.studio;

import java.nio.file.Path;
import org.menagerie.training.TrainingListener;

/** Hears how a call of the studio goes, from the thread that called. */
public interface StudioListener extends TrainingListener {
    /** Hears nothing and never stops a run. */
    StudioListener NONE = new StudioListener() {};

    /**
     * Before the first step.
     *
     * @param folder the run's folder
     * @param resumed whether an earlier run is continued
     * @param stepsPerEpoch steps in an epoch
     * @param batchSize examples in a step
     */
    default void runStarted(Path folder, boolean resumed, int stepsPerEpoch, int batchSize) {}

    /** Is told in one sentence what was left out of the data or changed while it was read. */
    default void remarked(String remark) {}

    /**
     * Is asked after each step, before that step is reported: once true, the run writes a checkpoint and ends with a {@link
     * org.menagerie.training.TrainingStoppedException}.
     */
    default boolean wantsStop() {
        return false;
    }
}
