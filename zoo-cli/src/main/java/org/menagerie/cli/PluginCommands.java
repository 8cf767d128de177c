package org.menagerie.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.menagerie.hub.Zoo;
import org.menagerie.hub.ZooOptions;
import org.menagerie.spi.Subcommand;
import picocli.CommandLine;

/** Sub-commands that plugins bring. Loading plugins takes longer than a short command, so it is done only where it matters. */
final class PluginCommands {
    private PluginCommands() {}

    /** True if there may be plugins beside those that come with the command. */
    static boolean mayExist() {
        Path folder = ZooOptions.defaults().home().resolve("plugins");
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.findFirst().isPresent();
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be listed", e);
        }
    }

    /**
     * Adds those of all plugins. The plugins stay loaded, as the commands' classes do.
     *
     * @param refusals is told of those that cannot be added, in a sentence each
     */
    static void add(CommandLine commandLine, Consumer<String> refusals) {
        add(Zoo.open(ZooOptions.defaults()), commandLine, refusals);
    }

    /** Adds those of a zoo's plugins. */
    static void add(Zoo zoo, CommandLine commandLine, Consumer<String> refusals) {
        new TreeMap<>(zoo.components(Subcommand.class)).forEach((name, command) -> {
            if (ZooCommand.isBuiltIn(name)) {
                refusals.accept("The subcommand '%s' of %s is left out: zoo has one of that name"
                        .formatted(name, command.getClass().getName()));
                return;
            }
            try {
                commandLine.addSubcommand(name, command);
            } catch (CommandLine.PicocliException e) {
                refusals.accept("The subcommand '%s' of %s is left out: %s"
                        .formatted(name, command.getClass().getName(), e.getMessage()));
            }
        });
    }
}
