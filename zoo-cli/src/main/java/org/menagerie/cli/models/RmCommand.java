package org.menagerie.cli.models;

import java.util.List;
import java.util.concurrent.Callable;
import org.menagerie.cli.console.ExitCodes;
import org.menagerie.cli.option.CommonOptions;
import org.menagerie.hub.Hub;
import org.menagerie.hub.Sizes;
import org.menagerie.hub.catalog.CardFile;
import org.menagerie.spi.ModelCard;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code zoo rm}: removes models' files. */
@Command(
        name = "rm",
        description = "Removes models' files from this machine; their cards remain.",
        footerHeading = "%nExample:%n",
        footer = "  zoo rm all-minilm-l6-v2")
public final class RmCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common = new CommonOptions();

    @Parameters(arity = "1..*", paramLabel = "MODEL", description = "Name of a model, or CATALOG/NAME.")
    List<String> models = List.of();

    @Override
    public Integer call() {
        Hub hub = new Hub(common.zooOptions());
        for (String model : models) {
            CardFile file = hub.catalogs().find(model);
            ModelCard card = file.read();
            boolean here = card.artifacts().values().stream().anyMatch(hub::present);
            long freed = hub.remove(file, card);
            common.console()
                    .say(
                            here || freed > 0
                                    ? "%s: %s freed".formatted(file.qualifiedName(), Sizes.text(freed))
                                    : "%s is not on this machine; nothing was removed".formatted(file.qualifiedName()));
        }
        return ExitCodes.OK;
    }
}
