package org.menagerie.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.menagerie.runtime.Device;
import org.menagerie.runtime.SessionOptions;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.studio.RunFolder;
import org.menagerie.training.Saving;
import org.menagerie.training.TrainingStoppedException;
import org.menagerie.training.data.Splits;
import org.menagerie.training.recipe.TrainingRun;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Where and on what a training runs: the options that {@code train} and {@code tune} share, and the run itself. */
final class RunOptions {
    private static final String RESUME = "--resume";
    private static final String OVERWRITE = "--overwrite";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FOLDER",
            description = "Folder of the run (default: runs/NAME, or runs/NAME-2, ... after earlier runs).")
    @Nullable
    Path output;

    @Option(names = RESUME, description = "Continue from the folder's checkpoint.")
    boolean resume;

    @Option(names = OVERWRITE, description = "Replace the earlier run in the folder.")
    boolean overwrite;

    @Option(
            names = "--checkpoint-every",
            paramLabel = "MINUTES",
            description = "Longest time between checkpoints; 0 saves only after each epoch (default: 10).")
    double checkpointEvery = 10;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            description = "Device: auto, cpu, cuda or cuda:N (default: cpu).")
    String device = "cpu";

    @Option(names = "--threads", paramLabel = "N", description = "Threads of ONNX Runtime (default: 2).")
    int threads = 2;

    SessionOptions session() {
        return SessionOptions.defaults().withDevice(Device.parse(device)).withThreads(threads);
    }

    /** Refuses what the options alone decide, before any data is read. */
    void check(String name) {
        try {
            wanted(name).path();
        } catch (InvalidInputException e) {
            throw new InvalidInputException(
                    e.getMessage() + " (options: %s, %s, -o FOLDER)".formatted(RESUME, OVERWRITE), e);
        }
        if (!(checkpointEvery >= 0 && checkpointEvery < 1e6)) {
            throw new InvalidInputException(
                    "--checkpoint-every is a number of minutes, 0 or more; found " + checkpointEvery);
        }
    }

    private RunFolder.Wanted wanted(String name) {
        return new RunFolder.Wanted(Path.of("runs"), output, name, resume, overwrite);
    }

    /**
     * Trains, and writes the card.
     *
     * @param name of the result
     * @param card of a result
     * @return the exit code
     */
    int execute(
            CommonOptions common,
            TrainingRun run,
            Splits splits,
            String name,
            Function<TrainingRun.Result, TrainedCard> card)
            throws IOException {
        common.fromArguments(() -> {
            run.requireFit(splits);
            return splits;
        });
        Console console = common.console();
        TrainingProgress progress = new TrainingProgress(console, run.stepsPerEpoch(splits), run.batchSize(splits));
        StopSignal signal = new StopSignal(
                () -> console.say("stopping after this step; once more stops at once, without a checkpoint"));
        try (signal;
                RunFolder folder = RunFolder.open(wanted(name))) {
            console.say((resume ? "continuing in " : "training in ") + folder.path());
            Duration every = Duration.ofMillis(Math.round(checkpointEvery * 60_000));
            try {
                TrainingRun.Result result =
                        run.execute(splits, folder.path(), resume, new Saving(every, signal::received), progress);
                card.apply(result).publish(folder.path(), console);
                return ExitCodes.OK;
            } catch (TrainingStoppedException e) {
                progress.stopped();
                console.say("%s. Continue with: %s"
                        .formatted(
                                e.getMessage(),
                                shell(resuming(typed(common), folder.path().toString()))));
                return signal.exitCode();
            }
        }
    }

    /** The command as it was typed, without {@code zoo}. */
    static List<String> typed(CommonOptions common) {
        CommandLine top = common.command();
        while (top.getParent() != null) {
            top = top.getParent();
        }
        return top.getParseResult().originalArgs();
    }

    /** The command, to go on in a folder. */
    private static List<String> resuming(List<String> typed, String folder) {
        List<String> words = lasting(typed);
        words.add(RESUME);
        words.add("-o");
        words.add(folder);
        return words;
    }

    /** The command without what is about one run only. */
    static List<String> lasting(List<String> typed) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < typed.size(); i++) {
            String word = typed.get(i);
            if (word.equals("-o") || word.equals("--output")) {
                i++;
            } else if (!word.matches("--resume|--overwrite|-o.*|--output=.*")) {
                words.add(word);
            }
        }
        return words;
    }

    /** Words as one line for a shell. */
    static String shell(List<String> words) {
        return words.stream()
                .map(word -> word.matches("[\\w@%+=:,./~-]+") ? word : "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" ", "zoo ", ""));
    }
}
