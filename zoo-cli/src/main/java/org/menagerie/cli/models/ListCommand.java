package org.menagerie.cli.models;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.menagerie.cli.console.Console;
import org.menagerie.cli.console.ExitCodes;
import org.menagerie.cli.console.Table;
import org.menagerie.cli.option.CommonOptions;
import org.menagerie.hub.Hub;
import org.menagerie.hub.Sizes;
import org.menagerie.hub.catalog.Catalogs;
import org.menagerie.hub.catalog.Catalogs.Listed;
import org.menagerie.spi.settings.Suggestions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code zoo list}: the models that the catalogs hold. Loads no plugin and no native library. */
@Command(
        name = "list",
        description = "Lists the models that the catalogs hold.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  zoo list --task image-classification",
            "  zoo list --json",
            "  zoo list -q --arch lenet | xargs zoo pull"
        })
public final class ListCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common = new CommonOptions();

    @Option(names = "--task", paramLabel = "TASK", description = "Only models of a task, such as text-generation.")
    @Nullable
    String task;

    @Option(names = "--arch", paramLabel = "NAME", description = "Only models of an architecture, such as lenet.")
    @Nullable
    String architecture;

    @Option(names = "--json", description = "Print one JSON object per model and line.")
    boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print names only.")
    boolean quiet;

    @Override
    public Integer call() {
        if (quiet && json) {
            throw common.wrongUse("--quiet prints names and --json objects; give one of them");
        }
        Hub hub = new Hub(common.zooOptions());
        Catalogs.Listing all = hub.listing();
        List<Listed> cards = all.cards().stream().filter(this::wanted).toList();
        Rows rows = new Rows(hub);
        Console console = common.console();
        if (cards.isEmpty()) {
            console.say(nothing(all.cards()));
        } else if (quiet) {
            cards.forEach(card -> console.out().println(rows.name(card)));
        } else if (json) {
            cards.forEach(card -> console.out().println(rows.json(card)));
        } else {
            rows.table(cards).print(console.out());
        }
        all.problems().forEach(console::say);
        return ExitCodes.OK;
    }

    /** Says that no model is listed, and what could have been asked for. */
    private String nothing(List<Listed> all) {
        String wanted = Stream.of(
                        task == null ? "" : " with task '%s'".formatted(task),
                        architecture == null ? "" : " with architecture '%s'".formatted(architecture))
                .collect(Collectors.joining());
        if (wanted.isEmpty()) {
            return "The catalogs hold no models";
        }
        Set<String> known = all.stream()
                .flatMap(card ->
                        task != null ? Stream.of(card.summary().task()) : card.summary().architecture().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        String word = task != null ? task : String.valueOf(architecture);
        return "No model%s%s; %s are %s"
                .formatted(
                        wanted,
                        known.contains(word) ? "" : Suggestions.didYouMean(word, known),
                        task != null ? "tasks" : "architectures",
                        String.join(", ", known));
    }

    private boolean wanted(Listed card) {
        return (task == null || card.summary().task().equals(task))
                && (architecture == null
                        || card.summary().architecture().orElse("").equals(architecture));
    }

    /** How models are listed, here and by {@code zoo search}. */
    record Rows(Hub hub) {
        /** The name to ask for the card by: with its catalog's prefix where the bare one is ambiguous. */
        String name(Listed card) {
            return hub.catalogs().ambiguous(card.file().name())
                    ? card.file().qualifiedName()
                    : card.file().name();
        }

        Table table(List<Listed> cards) {
            Table table = new Table("MODEL", "TASK", "SIZE", "LICENSE", "HERE");
            cards.forEach(card -> table.row(
                    name(card),
                    card.summary().task(),
                    Sizes.text(card.summary().size()),
                    card.summary().license(),
                    hub.installed(card.summary()) ? "yes" : "-"));
            return table;
        }

        ObjectNode json(Listed card) {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("model", name(card))
                    .put("catalog", card.file().catalog())
                    .put("task", card.summary().task())
                    .put("size", card.summary().size())
                    .put("license", card.summary().license())
                    .put("installed", hub.installed(card.summary()));
        }
    }
}
