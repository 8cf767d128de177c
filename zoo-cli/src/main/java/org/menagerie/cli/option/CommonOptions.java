package org.menagerie.cli.option;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.menagerie.cli.console.CleanWriter;
import org.menagerie.cli.console.Console;
import org.menagerie.cli.console.DownloadBar;
import org.menagerie.hub.ZooOptions;
import org.menagerie.spi.ZooException;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that every command takes. A command holds them as a {@link Mixin}. */
public final class CommonOptions {
    private static final String VERBOSE = "--verbose";

    /** A name in camel case, or the word that a rule begins with: {@code learningRate must be positive}. */
    private static final Pattern FIELD =
            Pattern.compile("(?<![\\w'./-])(?:[a-z][a-z0-9]*(?:[A-Z][a-z0-9]*)+(?![\\w'])|^[a-z]\\w*(?= must ))");

    private static final Set<String> COMMON = Set.of("--offline", "--catalog", VERBOSE, "--help");

    @Option(names = "--offline", description = "Never use the network; ZOO_OFFLINE=1 has the same effect.")
    boolean offline;

    @Option(
            names = "--catalog",
            paramLabel = "FOLDER",
            description = "Also use the models of this folder of cards; may be repeated.")
    List<Path> catalogs = List.of();

    @Option(
            names = {"-v", VERBOSE},
            description = "Log more, and print stack traces of failures.")
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
    public Console console() {
        return new Console(
                new CleanWriter(command().getOut()), new CleanWriter(command().getErr()));
    }

    /** What the arguments alone decide; where they cannot be followed, the exit code is that of wrong use. */
    public <T> T fromArguments(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (ZooException | IllegalArgumentException e) {
            throw new ParameterException(command(), withOptionNames(String.valueOf(e.getMessage())), e);
        }
    }

    /** A sentence that calls fields such as {@code learningRate} by this command's options. */
    public String withOptionNames(String sentence) {
        return FIELD.matcher(sentence).replaceAll(field -> {
            String option = "--"
                    + field.group().replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
            return command().getCommandSpec().findOption(option) == null ? field.group() : option;
        });
    }

    /** A failure with the exit code of wrong use. */
    public ParameterException wrongUse(String message) {
        return new ParameterException(command(), message);
    }

    /**
     * Fails if an option was given that has no effect: one that is neither common to all commands nor among {@code useful}.
     *
     * @param situation what takes only those, for example {@code an .onnx file}
     */
    public void allowOnly(String situation, String... useful) {
        List<String> allowed = Stream.concat(Stream.of(useful), COMMON.stream()).toList();
        List<String> idle = given().filter(name -> !allowed.contains(name)).toList();
        if (!idle.isEmpty()) {
            throw wrongUse("%s %s no effect on %s, which takes %s"
                    .formatted(
                            String.join(", ", idle),
                            idle.size() == 1 ? "has" : "have",
                            situation,
                            useful.length == 0 ? "no options" : String.join(", ", useful)));
        }
    }

    /** Fails if one of these options was given: it has no effect on what {@code situation} names. */
    public void refuse(String situation, String... idle) {
        List<String> refused = List.of(idle);
        given().filter(refused::contains).findFirst().ifPresent(name -> {
            throw wrongUse("%s has no effect on %s".formatted(name, situation));
        });
    }

    /** The long names of the options that the command line holds. */
    private Stream<String> given() {
        CommandLine.ParseResult parsed = command().getParseResult();
        return parsed.matchedOptions().stream().map(OptionSpec::longestName).distinct();
    }

    /** The command that has these options. */
    public CommandLine command() {
        if (spec == null) {
            throw new IllegalStateException("These options belong to no command");
        }
        return spec.commandLine();
    }

    /** How the zoo is opened. */
    public ZooOptions zooOptions() {
        if (verbose) {
            System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "debug");
        }
        ZooOptions options = ZooOptions.defaults().withProgress(new DownloadBar(console()));
        catalogs.stream()
                .filter(folder -> !Files.isDirectory(folder))
                .findFirst()
                .ifPresent(folder -> {
                    throw wrongUse("--catalog: there is no folder %s".formatted(folder));
                });
        options = catalogs.isEmpty() ? options : options.withCatalogs(catalogs);
        return offline ? options.withOffline(true) : options;
    }

    public static boolean verbose(CommandLine command) {
        CommandLine.ParseResult parsed = command.getParseResult();
        return parsed != null && parsed.hasMatchedOption(VERBOSE);
    }
}
