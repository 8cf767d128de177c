package org.menagerie.studio;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.menagerie.runtime.SessionOptions;

/**
 * Where and on what a run takes place.
 *
 * @param folder the run's folder; null for {@code NAME} in {@code runs}, or the first of {@code NAME-2}, {@code NAME-3}, …
 *     that no earlier run has
 * @param runs the folder of all runs that have no folder of their own
 * @param earlier what becomes of an earlier run in the folder
 * @param checkpointEvery the longest time without a checkpoint; zero for after epochs only
 * @param session device and threads
 */
public record RunSettings(
        @Nullable Path folder, Path runs, Earlier earlier, Duration checkpointEvery, SessionOptions session) {
    /** Chooses what happens to an earlier run in the folder. */
    public enum Earlier {
        /** It is an error, so that nothing is lost. */
        KEEP,
        /** It is continued from its checkpoint, to the same bits. */
        RESUME,
        /** It is replaced. */
        OVERWRITE
    }

    /** A new run in the folder {@code runs}, on two threads of the CPU, with a checkpoint after ten minutes. */
    public static RunSettings defaults() {
        return new RunSettings(
                null,
                Path.of("runs"),
                Earlier.KEEP,
                Duration.ofMinutes(10),
                SessionOptions.defaults().withThreads(2));
    }

    public RunSettings withFolder(Path other) {
        return new RunSettings(other, runs, earlier, checkpointEvery, session);
    }

    public RunSettings withEarlier(Earlier other) {
        return new RunSettings(folder, runs, other, checkpointEvery, session);
    }

    RunFolder.Wanted wanted(String name) {
        return new RunFolder.Wanted(runs, folder, name, earlier == Earlier.RESUME, earlier == Earlier.OVERWRITE);
    }
}
