package org.menagerie.cli.studio;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.menagerie.cli.console.Console;
import org.menagerie.cli.console.ExitCodes;
import org.menagerie.cli.option.CommonOptions;
import org.menagerie.runtime.Device;
import org.menagerie.runtime.SessionOptions;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.studio.PublishOptions;
import org.menagerie.studio.RunSettings;
import org.menagerie.studio.RunSettings.Earlier;
import org.menagerie.studio.ShellWords;
import org.menagerie.studio.Studio;
import org.menagerie.studio.StudioListener;
import org.menagerie.studio.Trained;
import org.menagerie.studio.UnfitOptionException;
import org.menagerie.studio.metric.Figures;
import org.menagerie.training.AnotherTrainingException;
import org.menagerie.training.TrainingStoppedException;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Where and on what a training runs: the options that {@code train} and {@code tune} share, and the run itself. */
final class RunOptions {
    private static final String RESUME = "--resume";
    private static final String OVERWRITE = "--overwrite";

    /** The options that set what the studio may find unfit. */
    private static final Map<String, String> OPTIONS = Map.of(
            "data", " (--data)",
            "head", " (--head)",
            "size", " (--size)",
            "run", " (options: %s, %s, -o FOLDER)".formatted(RESUME, OVERWRITE));

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

    /** Returns the settings that the options ask for. */
    RunSettings settings() {
        if (resume && overwrite) {
            throw new InvalidInputException(
                    "%s continues a run and %s replaces it: give one of the two".formatted(RESUME, OVERWRITE));
        }
        if (!(checkpointEvery >= 0 && checkpointEvery < 1e6)) {
            throw new InvalidInputException(
                    "--checkpoint-every is a number of minutes, 0 or more; found " + checkpointEvery);
        }
        return new RunSettings(
                output,
                Path.of("runs"),
                resume ? Earlier.RESUME : overwrite ? Earlier.OVERWRITE : Earlier.KEEP,
                Duration.ofMillis(Math.round(checkpointEvery * 60_000)),
                SessionOptions.defaults().withDevice(Device.parse(device)).withThreads(threads));
    }

    /** Trains, publishes the result and says how to run it. */
    int execute(CommonOptions common, Studio studio, Function<StudioListener, Trained> training) {
        Console console = common.console();
        try (StopSignal signal = new StopSignal(
                () -> console.say("stopping after this step; once more stops at once, without a checkpoint"))) {
            TrainingProgress progress = new TrainingProgress(console, signal::received);
            try {
                Trained trained = training.apply(progress);
                Path card = studio.publish(trained, new PublishOptions(zoo(lasting(typed(common)))));
                console.out().println("test %s".formatted(Figures.text(trained.test())));
                String networks =
                        trained.networks().values().stream().map(Path::toString).collect(Collectors.joining(", "));
                console.say("wrote %s and %s".formatted(networks, card));
                String folder = trained.folder().toString();
                console.say("run it with: %s"
                        .formatted(shell(List.of("run", "--catalog", folder, trained.name(), trained.exampleInput()))));
                return ExitCodes.OK;
            } catch (TrainingStoppedException e) {
                progress.stopped();
                List<String> again = resuming(typed(common), progress.folder().toString());
                console.say("%s. Continue with: %s".formatted(e.getMessage(), shell(again)));
                return signal.exitCode();
            } catch (AnotherTrainingException e) {
                throw common.wrongUse(
                        "%s (options: without %s, or another -o FOLDER)".formatted(e.getMessage(), RESUME));
            } catch (UnfitOptionException e) {
                String options = OPTIONS.getOrDefault(e.option(), "");
                throw common.wrongUse(common.withOptionNames(String.valueOf(e.getMessage())) + options);
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

    /** Words after {@code zoo}, as one line for a shell. */
    static String shell(List<String> words) {
        return ShellWords.line(zoo(words));
    }

    private static List<String> zoo(List<String> words) {
        return Stream.concat(Stream.of("zoo"), words.stream()).toList();
    }
}
