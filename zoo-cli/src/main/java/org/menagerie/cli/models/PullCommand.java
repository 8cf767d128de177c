package org.menagerie.cli.models;

import java.util.List;
import java.util.concurrent.Callable;
import org.menagerie.cli.console.Console;
import org.menagerie.cli.console.ExitCodes;
import org.menagerie.cli.option.CommonOptions;
import org.menagerie.hub.Hub;
import org.menagerie.hub.Sizes;
import org.menagerie.hub.cache.Store.Condition;
import org.menagerie.hub.catalog.CardFile;
import org.menagerie.spi.ModelCard;
import org.menagerie.spi.ModelCard.Artifact;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code zoo pull}: brings models' files to this machine. */
@Command(
        name = "pull",
        description = {
            "Downloads models and checks their files. An interrupted download continues where it stopped; damaged",
            "files are downloaded again."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  zoo pull all-minilm-l6-v2", "  zoo pull --dry-run blazeface-front blazeface-back"})
public final class PullCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common = new CommonOptions();

    @Parameters(arity = "1..*", paramLabel = "MODEL", description = "A model's name, or CATALOG/NAME.")
    List<String> models = List.of();

    @Option(names = "--dry-run", description = "Only print what would be downloaded.")
    boolean dryRun;

    @Override
    public Integer call() {
        Hub hub = new Hub(common.zooOptions());
        Console console = common.console();
        for (String model : models) {
            CardFile file = hub.catalogs().find(model);
            ModelCard card = file.read();
            if (dryRun) {
                card.artifacts().values().forEach(artifact -> console.out().println(plan(hub, artifact)));
            } else {
                boolean installed = hub.installed(card);
                List<Artifact> damaged = hub.pull(file, card);
                damaged.forEach(artifact -> console.say("%s: %s was damaged and has been fetched anew"
                        .formatted(file.qualifiedName(), artifact.file())));
                console.say(
                        installed && damaged.isEmpty()
                                ? "%s is here already, checked".formatted(file.qualifiedName())
                                : "%s is here, %s, checked".formatted(file.qualifiedName(), Sizes.text(card.size())));
            }
        }
        return ExitCodes.OK;
    }

    private static String plan(Hub hub, Artifact artifact) {
        String action = hub.check(artifact) == Condition.WHOLE
                ? "is here"
                : "would fetch %s from %s"
                        .formatted(
                                Sizes.text(artifact.size() - hub.begun(artifact)),
                                artifact.sources().get(0));
        return artifact.file() + "  " + action;
    }
}
