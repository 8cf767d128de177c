package org.menagerie.cli.models;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.menagerie.cli.console.ExitCodes;
import org.menagerie.cli.models.ListCommand.Rows;
import org.menagerie.cli.option.CommonOptions;
import org.menagerie.hub.Hub;
import org.menagerie.hub.catalog.CardSummary;
import org.menagerie.hub.catalog.Catalogs.Card;
import org.menagerie.hub.catalog.Catalogs.Listed;
import org.menagerie.spi.ModelCard;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code zoo search}: models whose cards hold all of some words. */
@Command(
        name = "search",
        description = "Lists the models whose cards contain all of the words.",
        footerHeading = "%nExample:%n",
        footer = "  zoo search face detection")
public final class SearchCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common = new CommonOptions();

    @Parameters(
            arity = "1..*",
            paramLabel = "WORD",
            description = "Word in the name, task, tags, data sets, licence or text of a card.")
    List<String> words = List.of();

    @Option(names = "--json", description = "Print one JSON object per model and line.")
    boolean json;

    @Override
    public Integer call() {
        Hub hub = new Hub(common.zooOptions());
        List<Listed> found = hub.catalogs().read().cards().stream()
                .filter(this::holdsAll)
                .map(card -> new Listed(card.file(), CardSummary.of(card.card())))
                .toList();
        Rows rows = new Rows(hub);
        if (found.isEmpty()) {
            common.console()
                    .say("No model's card holds %s"
                            .formatted(words.stream().map("'%s'"::formatted).collect(Collectors.joining(" and "))));
        } else if (json) {
            found.forEach(card -> common.console().out().println(rows.json(card)));
        } else {
            rows.table(found).print(common.console().out());
        }
        return ExitCodes.OK;
    }

    private boolean holdsAll(Card found) {
        ModelCard card = found.card();
        String text = String.join(
                        "\n",
                        card.name(),
                        card.task(),
                        card.license(),
                        String.join(" ", card.tags()),
                        String.join(" ", card.datasets()),
                        card.text())
                .toLowerCase(Locale.ROOT);
        return words.stream().allMatch(word -> text.contains(word.toLowerCase(Locale.ROOT)));
    }
}
