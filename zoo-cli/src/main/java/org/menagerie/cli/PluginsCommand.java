package org.menagerie.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.menagerie.cli.console.ExitCodes;
import org.menagerie.cli.console.Table;
import org.menagerie.cli.option.CommonOptions;
import org.menagerie.hub.Zoo;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code zoo plugins list}: the plugins on the class path. */
@Command(
        name = "plugins",
        description = "Lists plugins and checks them.",
        subcommands = PluginsCommand.ListPlugins.class)
public final class PluginsCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common = new CommonOptions();

    @Override
    public Integer call() {
        return list(common);
    }

    /** {@code list}: what {@code zoo plugins} does too. */
    @Command(name = "list", description = "Lists the plugins that work, and says why others do not.")
    static final class ListPlugins implements Callable<Integer> {
        @Mixin
        CommonOptions common = new CommonOptions();

        @Override
        public Integer call() {
            return list(common);
        }
    }

    private static int list(CommonOptions common) {
        try (Zoo zoo = Zoo.open(common.zooOptions())) {
            Table table = new Table("PLUGIN", "DESCRIPTION");
            zoo.plugins().forEach(plugin -> table.row(plugin.name(), plugin.description()));
            table.print(common.console().out());
            List<String> failures = new ArrayList<>(zoo.pluginFailures());
            PluginCommands.add(zoo, new CommandLine(new ZooCommand()), failures::add);
            failures.forEach(common.console()::say);
            return failures.isEmpty() ? ExitCodes.OK : ExitCodes.FAILURE;
        }
    }
}
