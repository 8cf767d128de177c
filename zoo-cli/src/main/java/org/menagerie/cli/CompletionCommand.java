package org.menagerie.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code zoo completion}: a script that lets a shell complete commands and options. */
@Command(
        name = "completion",
        description = "Prints a script that completes commands and options in a shell.",
        footerHeading = "%nExamples:%n",
        footer = {"  source <(zoo completion bash)", "  zoo completion fish > ~/.config/fish/completions/zoo.fish"})
final class CompletionCommand implements Callable<Integer> {
    /** The shells that there are scripts for. */
    enum Shell {
        BASH,
        ZSH,
        FISH
    }

    @Mixin
    CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
    Shell shell = Shell.BASH;

    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public Integer call() {
        if (spec == null) {
            throw new IllegalStateException("The command has no specification");
        }
        CommandLine root = spec.root().commandLine();
        PrintWriter out = common.console().out();
        switch (shell) {
            case BASH -> out.println(AutoComplete.bash("zoo", root));
            case ZSH -> {
                out.println("autoload -U +X compinit && compinit");
                out.println(AutoComplete.bash("zoo", root));
            }
            case FISH -> fish(out, root, List.of());
        }
        return ExitCodes.OK;
    }

    private static void fish(PrintWriter out, CommandLine command, List<String> path) {
        String condition =
                path.isEmpty() ? "__fish_use_subcommand" : "__fish_seen_subcommand_from " + path.get(path.size() - 1);
        command.getSubcommands().forEach((name, sub) -> {
            if (!sub.getCommandSpec().usageMessage().hidden()) {
                out.printf(
                        "complete -c zoo -f -n '%s' -a '%s' -d '%s'%n",
                        condition,
                        name,
                        String.join(" ", sub.getCommandSpec().usageMessage().description())
                                .replace("'", "\\'"));
                fish(out, sub, List.of(name));
            }
        });
        if (!path.isEmpty()) {
            command.getCommandSpec().options().forEach(option -> {
                String name = option.longestName();
                if (name.startsWith("--")) {
                    out.printf("complete -c zoo -n '%s' -l '%s'%n", condition, name.substring(2));
                }
            });
        }
    }
}
