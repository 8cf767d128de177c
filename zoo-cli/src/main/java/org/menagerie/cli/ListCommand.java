package org.menagerie.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.menagerie.hub.Hub;
import org.menagerie.hub.catalog.Catalogs;
import org.menagerie.hub.catalog.Catalogs.Card;
import org.menagerie.spi.ModelCard.Component;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code zoo list}: the models that the catalogs hold. Loads no plugin and no native library. */
@Command(
        name = "list",
        description = "Lists the models that the catalogs hold.",
        footerHeading = "%nExamples:%n",
        footer = {"  zoo list --task image-classification", "  zoo list --json", "  zoo list -q | xargs -n1 zoo pull"})
final class ListCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common = new CommonOptions();

    @Option(names = "--task", paramLabel = "TASK", description = "Only models of a task, such as text-generation.")
    @Nullable
    String task;

    @Option(names = "--arch", paramLabel = "NAME", description = "Only models of an architecture, such as lenet.")
    @Nullable
    String architecture;

    @Option(names = "--json", description = "One JSON object a model and line.")
    boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "Only names.")
    boolean quiet;

    @Override
    public Integer call() {
        Hub hub = new Hub(common.zooOptions());
        Catalogs catalogs = hub.catalogs();
        Catalogs.Reading reading = catalogs.read();
        List<Card> cards = reading.cards().stream().filter(this::wanted).toList();
        Listing listing = new Listing(hub, catalogs);
        Console console = common.console();
        if (quiet) {
            cards.forEach(card -> console.out().println(listing.name(card)));
        } else if (json) {
            cards.forEach(card -> console.out().println(listing.json(card)));
        } else {
            listing.table(cards).print(console.out());
        }
        reading.problems().forEach(console::say);
        return ExitCodes.OK;
    }

    private boolean wanted(Card card) {
        return (task == null || card.card().task().equals(task))
                && (architecture == null
                        || card.card()
                                .architecture()
                                .map(Component::name)
                                .orElse("")
                                .equals(architecture));
    }

    /** How models are listed, here and by {@code zoo search}. */
    record Listing(Hub hub, Catalogs catalogs) {
        /** The name to ask for the card by: with its catalog's prefix where the bare one is ambiguous. */
        String name(Card card) {
            return catalogs.ambiguous(card.file().name())
                    ? card.file().qualifiedName()
                    : card.file().name();
        }

        Table table(List<Card> cards) {
            Table table = new Table("MODEL", "TASK", "SIZE", "LICENSE", "HERE");
            cards.forEach(card -> table.row(
                    name(card),
                    card.card().task(),
                    Sizes.text(card.card().size()),
                    card.card().license(),
                    hub.installed(card.card()) ? "yes" : "-"));
            return table;
        }

        ObjectNode json(Card card) {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("model", name(card))
                    .put("catalog", card.file().catalog())
                    .put("task", card.card().task())
                    .put("size", card.card().size())
                    .put("license", card.card().license())
                    .put("installed", hub.installed(card.card()));
        }
    }
}
