package org.menagerie.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code zoo}: the sub-commands. One that is added is added here and nowhere else. */
@Command(
        name = "zoo",
        description = "Finds, fetches, checks and runs models on ONNX Runtime.",
        subcommands = {
            ListCommand.class,
            SearchCommand.class,
            ShowCommand.class,
            PullCommand.class,
            RunCommand.class,
            TrainCommand.class,
            TuneCommand.class,
            EvalCommand.class,
            ExportCommand.class,
            RmCommand.class,
            PruneCommand.class,
            VerifyCommand.class,
            DoctorCommand.class,
            CatalogCommand.class,
            PluginsCommand.class,
            CompletionCommand.class,
            WarmUpCommand.class
        },
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
final class ZooCommand implements Runnable {
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

    /** The version in the jar's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = ZooCommand.class.getPackage().getImplementationVersion();
            return new String[] {"zoo " + (version == null ? "(unpackaged)" : version)};
        }
    }
}
