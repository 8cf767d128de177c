package org.menagerie.cli.models;

import java.util.concurrent.Callable;
import org.menagerie.cli.console.ExitCodes;
import org.menagerie.cli.option.CommonOptions;
import org.menagerie.hub.Hub;
import org.menagerie.hub.Sizes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code zoo prune}: removes what no card needs. */
@Command(
        name = "prune",
        description = "Removes files that no card names, unfinished downloads and kept archives; data sets remain.",
        footerHeading = "%nExample:%n",
        footer = "  zoo prune --dry-run")
public final class PruneCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common = new CommonOptions();

    @Option(names = "--dry-run", description = "Only print how much space that would free.")
    boolean dryRun;

    @Override
    public Integer call() {
        long freed = new Hub(common.zooOptions()).prune(dryRun);
        common.console().say(Sizes.text(freed) + (dryRun ? " would be freed" : " freed"));
        return ExitCodes.OK;
    }
}
