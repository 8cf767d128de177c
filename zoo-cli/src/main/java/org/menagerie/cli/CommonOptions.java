package org.menagerie.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.menagerie.hub.ZooOptions;
import org.menagerie.spi.ZooException;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that every command takes. A command holds them as a {@link Mixin}. */
final class CommonOptions {
    private static final String VERBOSE = "--verbose";

    @Option(names = "--offline", description = "Never use the network; ZOO_OFFLINE=1 does the same.")
    boolean offline;

    @Option(names = "--catalog", paramLabel = "FOLDER", description = "A folder of cards to look in as well.")
    List<Path> catalogs = List.of();

    @Option(
            names = {"-v", VERBOSE},
            description = "Log more, and show where a failure came from.")
    boolean verbose;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    @Spec(Spec.Target.MIXEE)
    @Nullable
    CommandSpec spec;

    /** Where the command's results and messages go. */
    Console console() {
        return new Console(command().getOut(), command().getErr());
    }

    /** What the arguments alone decide; where they cannot be followed, the exit code is that of wrong use. */
    <T> T fromArguments(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (ZooException e) {
            throw new ParameterException(command(), e.getMessage(), e);
        }
    }

    private CommandLine command() {
        if (spec == null) {
            throw new IllegalStateException("These options belong to no command");
        }
        return spec.commandLine();
    }

    /** How the zoo is opened. */
    ZooOptions zooOptions() {
        if (verbose) {
            System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "debug");
        }
        ZooOptions options = ZooOptions.defaults().withProgress(new DownloadBar(console()));
        options = catalogs.isEmpty() ? options : options.withCatalogs(catalogs);
        return offline ? options.withOffline(true) : options;
    }

    static boolean verbose(CommandLine command) {
        CommandLine.ParseResult parsed = command.getParseResult();
        return parsed != null && parsed.hasMatchedOption(VERBOSE);
    }
}
