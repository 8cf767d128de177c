package org.menagerie.cli;

import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.menagerie.cli.explain.ExplainCommand;
import org.menagerie.cli.explain.GradCommand;
import org.menagerie.cli.explain.ImagineCommand;
import org.menagerie.cli.models.CatalogCommand;
import org.menagerie.cli.models.ListCommand;
import org.menagerie.cli.models.PruneCommand;
import org.menagerie.cli.models.PullCommand;
import org.menagerie.cli.models.RmCommand;
import org.menagerie.cli.models.SearchCommand;
import org.menagerie.cli.models.ShowCommand;
import org.menagerie.cli.run.RunCommand;
import org.menagerie.cli.studio.DataCommand;
import org.menagerie.cli.studio.EvalCommand;
import org.menagerie.cli.studio.ExportCommand;
import org.menagerie.cli.studio.ImportCommand;
import org.menagerie.cli.studio.SampleCommand;
import org.menagerie.cli.studio.TrainCommand;
import org.menagerie.cli.studio.TuneCommand;
import org.menagerie.cli.studio.VerifyCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code zoo}: the sub-commands. One that is added is added to {@link #COMMANDS} and nowhere else; plugins bring others
 * ({@link org.menagerie.spi.Subcommand}).
 */
@Command(
        name = "zoo",
        description = "Finds, fetches, checks and runs models on ONNX Runtime.",
        mixinStandardHelpOptions = true,
        versionProvider = ZooCommand.Version.class,
        footerHeading = "%nExamples:%n",
        footer = {
            "  zoo list --task image-classification",
            "  zoo show lenet-fashion-mnist",
            "  zoo run lenet-fashion-mnist boot.png",
            "",
            "Exit codes: 0 done, 1 failure, 2 usage, 3 unknown model, 4 wrong bytes, 5 device unavailable,",
            "6 not available offline, 130 interrupted."
        })
public final class ZooCommand implements Runnable {
    private static final List<Entry<String, Class<?>>> COMMANDS = List.of(
            entry("list", ListCommand.class),
            entry("search", SearchCommand.class),
            entry("show", ShowCommand.class),
            entry("pull", PullCommand.class),
            entry("run", RunCommand.class),
            entry("explain", ExplainCommand.class),
            entry("imagine", ImagineCommand.class),
            entry("train", TrainCommand.class),
            entry("tune", TuneCommand.class),
            entry("eval", EvalCommand.class),
            entry("data", DataCommand.class),
            entry("export", ExportCommand.class),
            entry("grad", GradCommand.class),
            entry("import", ImportCommand.class),
            entry("rm", RmCommand.class),
            entry("prune", PruneCommand.class),
            entry("verify", VerifyCommand.class),
            entry("sample", SampleCommand.class),
            entry("doctor", DoctorCommand.class),
            entry("catalog", CatalogCommand.class),
            entry("plugins", PluginsCommand.class),
            entry("kinds", KindsCommand.class),
            entry("completion", CompletionCommand.class),
            entry("warm-up", WarmUpCommand.class));

    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(
                    spec.commandLine(), "A command is missing; 'zoo --help' shows those that there are");
        }
    }

    static boolean isBuiltIn(String name) {
        return COMMANDS.stream().anyMatch(command -> command.getKey().equals(name));
    }

    /** The command line for some arguments, and without remarks about plugins. */
    static CommandLine commandLine(String... arguments) {
        return commandLine(remark -> {}, arguments);
    }

    /**
     * The command line for some arguments: with the one sub-command that they name, because reading the options of all of
     * them would take most of a short command's time; with all where they name none, or one that needs to know all. The
     * sub-commands of plugins are looked for only in the second case.
     *
     * @param refusals is told of sub-commands of plugins that are left out
     */
    static CommandLine commandLine(Consumer<String> refusals, String... arguments) {
        String first = arguments.length == 0 ? "" : arguments[0];
        CommandLine commandLine = new CommandLine(new ZooCommand());
        boolean one = !first.equals("completion") && isBuiltIn(first);
        COMMANDS.stream()
                .filter(command -> !one || command.getKey().equals(first))
                .forEach(command -> commandLine.addSubcommand(command.getKey(), command.getValue()));
        boolean another = !first.isEmpty() && !first.startsWith("-") && !isBuiltIn(first);
        if (!one && (another || PluginCommands.mayExist())) {
            PluginCommands.add(commandLine, refusals);
        }
        return commandLine;
    }

    private static Entry<String, Class<?>> entry(String name, Class<?> command) {
        return Map.entry(name, command);
    }

    /** The version in the jar's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = ZooCommand.class.getPackage().getImplementationVersion();
            return new String[] {"zoo " + (version == null ? "(unpackaged)" : version)};
        }
    }
}
